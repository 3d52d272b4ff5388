package ee.interlink.web.kubelet;

import ee.interlink.batch.BatchException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;

/** The table of what is where: kubelet's paths. */
final class Pages {
  private static final List<String> READ = List.of("GET");

  /** Both: WebSocket comes as GET, SPDY as POST. */
  private static final List<String> STREAM = List.of("GET", "POST");

  private static final Map<String, String> STREAMS =
      Map.of(
          "exec",
          "exec",
          "attach",
          "attach",
          "portForward",
          "port-forward",
          "run",
          "run",
          "cri",
          "a stream of the container runtime");

  private final Map<String, Page> exact;
  private final Page logs;

  /**
   * @param exact by path
   * @param logs all below {@code /containerLogs/}
   */
  Pages(Map<String, Page> exact, Page logs) {
    this.exact = Map.copyOf(exact);
    this.logs = logs;
  }

  void show(Exchange exchange) throws IOException, BatchException {
    String path = exchange.path();
    String name = name(path);
    if (STREAMS.containsKey(name)) {
      if (allowed(exchange, STREAM)) {
        exchange.answer(501, STREAMS.get(name) + " is not offered by this node yet\n");
      }
    } else if (name.equals("containerLogs")) {
      if (allowed(exchange, READ)) {
        logs.show(exchange);
      }
    } else if (exact.containsKey(path)) {
      if (allowed(exchange, READ)) {
        exact.get(path).show(exchange);
      }
    } else {
      exchange.answer(404, "404 page not found\n");
    }
  }

  /** A name for counting: of the table, never of the client. */
  String counted(String path) {
    String name = name(path);
    Set<String> prefixes = STREAMS.keySet();
    if (exact.containsKey(path)) {
      return path.substring(1);
    }
    return prefixes.contains(name) || name.equals("containerLogs") ? name : "other";
  }

  private static String name(String path) {
    int end = path.indexOf('/', 1);
    return path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
  }

  private static boolean allowed(Exchange exchange, List<String> methods) throws IOException {
    if (methods.contains(exchange.method())) {
      return true;
    }
    exchange.with(HttpHeader.ALLOW, String.join(", ", methods));
    exchange.answer(405, "Method Not Allowed\n");
    return false;
  }
}
