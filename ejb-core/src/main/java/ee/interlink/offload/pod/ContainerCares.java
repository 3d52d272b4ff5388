package ee.interlink.offload.pod;

import ee.interlink.batch.ContainerCare;
import ee.interlink.batch.Handler;
import ee.interlink.batch.Probe;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a container says of its probes, hooks and last words, with Kubernetes' defaults. A job has
 * its machine's network, so without a host it is the machine itself that is asked.
 */
final class ContainerCares {
  private static final String HERE = "127.0.0.1";

  /** What a kubelet calls itself; some servers look at it. */
  private static final String AGENT = "User-Agent: kube-probe/1.37";

  private static final String DEFAULT_MESSAGE_PATH = "/dev/termination-log";

  private final Container container;

  private ContainerCares(Container container) {
    this.container = container;
  }

  /**
   * @param init whether it is among the init containers
   * @throws IllegalArgumentException if something is not of the form that Kubernetes demands
   */
  static ContainerCare of(Container container, boolean init) {
    return new ContainerCares(container).care(init);
  }

  private ContainerCare care(boolean init) {
    boolean always = "Always".equals(container.getRestartPolicy());
    if (!init && container.getRestartPolicy() != null) {
      throw new IllegalArgumentException("restartPolicy is offered for init containers only");
    }
    List<Probe> probes = new ArrayList<>();
    add(probes, Probe.Kind.STARTUP, container.getStartupProbe());
    add(probes, Probe.Kind.LIVENESS, container.getLivenessProbe());
    add(probes, Probe.Kind.READINESS, container.getReadinessProbe());
    ContainerCare care =
        new ContainerCare(
            probes,
            hook("postStart", l -> l.getPostStart()),
            hook("preStop", l -> l.getPreStop()),
            init && always,
            Optional.ofNullable(container.getTerminationMessagePath())
                .filter(path -> !path.isEmpty())
                .or(() -> Optional.of(DEFAULT_MESSAGE_PATH)),
            "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy()));
    if (init && !always && care.isAttended()) {
      throw new IllegalArgumentException("an init container has neither probes nor hooks");
    }
    return care;
  }

  private void add(
      List<Probe> probes, Probe.Kind kind, io.fabric8.kubernetes.api.model.Probe probe) {
    if (probe == null) {
      return;
    }
    String field = kind.name().toLowerCase(Locale.ROOT) + "Probe";
    try {
      Probe translated =
          new Probe(
              kind,
              handler(probe.getExec(), probe.getHttpGet(), probe.getTcpSocket(), probe.getGrpc()),
              or(probe.getInitialDelaySeconds(), 0),
              or(probe.getPeriodSeconds(), 10),
              or(probe.getTimeoutSeconds(), 1),
              or(probe.getSuccessThreshold(), 1),
              or(probe.getFailureThreshold(), 3),
              probe.getTerminationGracePeriodSeconds() == null
                  ? OptionalLong.empty()
                  : OptionalLong.of(probe.getTerminationGracePeriodSeconds()));
      demandNumbers(translated);
      probes.add(translated);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }

  private static void demandNumbers(Probe probe) {
    if (probe.kind() != Probe.Kind.READINESS && probe.successThreshold() != 1) {
      throw new IllegalArgumentException("successThreshold must be 1");
    }
    if (probe.grace().isPresent() && probe.kind() == Probe.Kind.READINESS) {
      throw new IllegalArgumentException("terminationGracePeriodSeconds must not be set");
    }
    if (probe.grace().orElse(1) < 1) {
      throw new IllegalArgumentException("terminationGracePeriodSeconds is less than 1");
    }
  }

  /** Kubernetes takes 0 for "not said". */
  private static int or(Integer number, int otherwise) {
    return number == null || number == 0 ? otherwise : number;
  }

  private Handler handler(
      ExecAction exec, HTTPGetAction get, TCPSocketAction socket, GRPCAction grpc) {
    List<Handler> handlers = new ArrayList<>();
    if (exec != null) {
      handlers.add(new Handler.Exec(exec.getCommand()));
    }
    if (get != null) {
      handlers.add(get(get));
    }
    if (socket != null) {
      handlers.add(new Handler.TcpSocket(host(socket.getHost()), port(socket.getPort())));
    }
    if (grpc != null) {
      int port = grpc.getPort() == null ? 0 : grpc.getPort();
      String service = Optional.ofNullable(grpc.getService()).orElse("");
      handlers.add(new Handler.Grpc(HERE, port, service));
    }
    return only(handlers);
  }

  private static Handler only(List<Handler> handlers) {
    if (handlers.size() != 1) {
      throw new IllegalArgumentException("must say exactly one thing to do");
    }
    return handlers.get(0);
  }

  private interface HookOf {
    LifecycleHandler of(io.fabric8.kubernetes.api.model.Lifecycle lifecycle);
  }

  private Optional<Handler> hook(String name, HookOf which) {
    return Optional.ofNullable(container.getLifecycle())
        .map(which::of)
        .map(
            hook -> {
              try {
                return hook(hook);
              } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("lifecycle." + name + ": " + e.getMessage(), e);
              }
            });
  }

  private Handler hook(LifecycleHandler hook) {
    List<Handler> handlers = new ArrayList<>();
    if (hook.getSleep() != null) {
      Long seconds = hook.getSleep().getSeconds();
      handlers.add(new Handler.Sleep(seconds == null ? 0 : seconds));
    }
    if (hook.getExec() != null || hook.getHttpGet() != null) {
      handlers.add(handler(hook.getExec(), hook.getHttpGet(), null, null));
    }
    return only(handlers);
  }

  private Handler get(HTTPGetAction get) {
    String host = host(get.getHost());
    int port = port(get.getPort());
    String path = Optional.ofNullable(get.getPath()).orElse("");
    List<String> headers = new ArrayList<>();
    if (!says(get, "Host")) {
      headers.add("Host: " + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
    }
    if (!says(get, "User-Agent")) {
      headers.add(AGENT);
    }
    if (!says(get, "Accept")) {
      headers.add("Accept: */*");
    }
    for (HTTPHeader header : get.getHttpHeaders()) {
      headers.add(header.getName() + ": " + Optional.ofNullable(header.getValue()).orElse(""));
    }
    boolean secure = "HTTPS".equals(get.getScheme());
    return new Handler.HttpGet(
        secure, host, port, path.startsWith("/") ? path : "/" + path, headers);
  }

  private static boolean says(HTTPGetAction get, String name) {
    return get.getHttpHeaders().stream().anyMatch(h -> name.equalsIgnoreCase(h.getName()));
  }

  private static String host(String said) {
    return said == null || said.isEmpty() ? HERE : said;
  }

  /** A number, or the name of one of the container's ports. */
  private int port(IntOrString port) {
    if (port == null) {
      throw new IllegalArgumentException("no port");
    }
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    return container.getPorts().stream()
        .filter(known -> port.getStrVal().equals(known.getName()))
        .findFirst()
        .map(ContainerPort::getContainerPort)
        .orElseThrow(() -> new IllegalArgumentException("no port has the name that it names"));
  }
}
