package ee.interlink.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One {@code ./run} of a manifest.
 *
 * @param firstLine until the pod's first line of output
 * @param end until it ended with 0
 */
record FirstLine(Duration firstLine, Duration end) {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  static FirstLine of(Path tree, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path log = tree.resolve("run.log");
    ProcessBuilder run =
        new ProcessBuilder(tree.resolve("run").toString(), "examples/hello-pod.yaml")
            .directory(tree.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    run.environment().putAll(environment);
    Instant begun = Instant.now();
    Process process = run.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      Instant first = Instant.now();
      while (line != null) {
        line = out.readLine();
      }
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("./run has failed, see " + log);
      }
      return new FirstLine(Duration.between(begun, first), Duration.between(begun, Instant.now()));
    } finally {
      // Ctrl-C is what ./run knows; it ends its server by itself.
      process.destroy();
    }
  }
}
