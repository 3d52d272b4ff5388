package ee.interlink.benchmarks;

import ee.interlink.testbed.Execution;
import ee.interlink.testbed.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From a fresh copy of the sources to the first line of a pod, by the one command. */
final class RunBenchmark implements Benchmark {
  private final Table table =
      new Table(
          "run: ./run examples/hello-pod.yaml, in s", "start", "pod's first line", "end, with 0");

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    Path repository = bench.scratch().resolve("repository");
    Path first = copy(bench.scratch().resolve("first"));
    row(
        "fresh copy, empty Maven repository",
        FirstLine.of(first, Map.of("MAVEN_OPTS", "-Dmaven.repo.local=" + repository)));
    Path second = copy(bench.scratch().resolve("second"));
    Map<String, String> full = Map.of("MAVEN_OPTS", "-Dmaven.repo.local=" + repository);
    row("fresh copy, full Maven repository", FirstLine.of(second, full));
    row("second start", FirstLine.of(second, full));
    row("third start", FirstLine.of(second, full));
    table.note("Goals: 60 s with a full repository, 20 s at the second start.");
    return List.of(table);
  }

  /** What a clone would have, and what is not committed yet; no build result. */
  private static Path copy(Path to) throws IOException {
    Files.createDirectories(to);
    Execution.of(
            List.of(
                "bash",
                "-c",
                "cd \"$1\" && git ls-files -z -co --exclude-standard"
                    + " | tar --null -T - --ignore-failed-read -cf - | tar -xf - -C \"$2\"",
                "copy",
                Project.root().toString(),
                to.toString()))
        .output();
    return to;
  }

  private void row(String start, FirstLine run) {
    table.row(start, seconds(run.firstLine()), seconds(run.end()));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }
}
