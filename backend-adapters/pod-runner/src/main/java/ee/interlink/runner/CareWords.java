package ee.interlink.runner;

import ee.interlink.batch.Handler;
import ee.interlink.batch.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Probes and hooks as the script reads them ({@code attend.sh}, {@code handlers.sh}). */
final class CareWords {
  private CareWords() {}

  /** Kind, six numbers, how many words its handler has and these; for each probe. */
  static List<String> of(List<Probe> probes) {
    List<String> words = new ArrayList<>();
    for (Probe probe : probes) {
      List<String> handler = of(probe.handler());
      words.add(probe.kind().name().toLowerCase(Locale.ROOT));
      words.add("" + probe.initialDelay());
      words.add("" + probe.period());
      words.add("" + probe.timeout());
      words.add("" + probe.successThreshold());
      words.add("" + probe.failureThreshold());
      words.add(probe.grace().isPresent() ? "" + probe.grace().getAsLong() : "");
      words.add("" + handler.size());
      words.addAll(handler);
    }
    return words;
  }

  static List<String> of(Handler handler) {
    List<String> words = new ArrayList<>();
    if (handler instanceof Handler.Exec exec) {
      words.add("exec");
      words.addAll(exec.command());
    } else if (handler instanceof Handler.HttpGet get) {
      words.add("http");
      words.add(get.secure() ? "HTTPS" : "HTTP");
      words.addAll(List.of(get.host(), "" + get.port(), get.path()));
      words.addAll(get.headers());
    } else if (handler instanceof Handler.TcpSocket socket) {
      words.addAll(List.of("tcp", socket.host(), "" + socket.port()));
    } else if (handler instanceof Handler.Grpc grpc) {
      words.addAll(List.of("grpc", grpc.host(), "" + grpc.port(), grpc.service()));
    } else if (handler instanceof Handler.Sleep sleep) {
      words.addAll(List.of("sleep", "" + sleep.seconds()));
    }
    return words;
  }
}
