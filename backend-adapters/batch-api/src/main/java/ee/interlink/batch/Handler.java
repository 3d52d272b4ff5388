package ee.interlink.batch;

import java.util.List;

/**
 * What a probe or a hook does (Kubernetes API, {@code ProbeHandler} and {@code LifecycleHandler}).
 * Hosts are seen from the job's machine, and ports are numbers.
 */
public sealed interface Handler {
  /**
   * Runs a command inside the container; good if it exits with 0.
   *
   * @param command at least one word; no word has a NUL
   */
  record Exec(List<String> command) implements Handler {
    /**
     * @throws IllegalArgumentException if there is no command, or a word has a NUL
     */
    public Exec {
      command = List.copyOf(command);
      HandlerForms.demand(!command.isEmpty(), "a command without a word");
      HandlerForms.demand(
          command.stream().noneMatch(word -> word.indexOf('\0') >= 0), "a NUL in a command");
    }
  }

  /**
   * Asks by HTTP GET; good if the answer's status is from 200 to 399.
   *
   * @param secure by TLS, without regard to the certificate
   * @param path begins with a slash
   * @param headers all of them, as {@code Name: value}
   */
  record HttpGet(boolean secure, String host, int port, String path, List<String> headers)
      implements Handler {
    /**
     * @throws IllegalArgumentException if one of them could not stand in a request
     */
    public HttpGet {
      HandlerForms.demandAddress(host, port);
      HandlerForms.demand(
          path.startsWith("/") && HandlerForms.TEXT.matcher(path).matches(), "not a path of a URL");
      headers = List.copyOf(headers);
      HandlerForms.demand(
          headers.stream().allMatch(line -> HandlerForms.LINE.matcher(line).matches()),
          "not a header");
    }
  }

  /** Good if the port takes a connection. */
  record TcpSocket(String host, int port) implements Handler {
    /**
     * @throws IllegalArgumentException if it is no host or no port
     */
    public TcpSocket {
      HandlerForms.demandAddress(host, port);
    }
  }

  /**
   * Asks by gRPC's own protocol for health, {@code grpc.health.v1.Health/Check}.
   *
   * @param service may be empty
   */
  record Grpc(String host, int port, String service) implements Handler {
    /**
     * @throws IllegalArgumentException if it is no host, no port or no service
     */
    public Grpc {
      HandlerForms.demandAddress(host, port);
      HandlerForms.demand(HandlerForms.SERVICE.matcher(service).matches(), "not a service of gRPC");
    }
  }

  /** Waits; a hook alone does that. */
  record Sleep(long seconds) implements Handler {
    /**
     * @throws IllegalArgumentException if the number is negative
     */
    public Sleep {
      HandlerForms.demand(seconds >= 0, "a negative time to sleep");
    }
  }
}
