package ee.interlink.benchmarks;

import ee.interlink.testbed.Execution;
import ee.interlink.testbed.Project;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** On what, with what and when the figures were taken. */
final class Machine {
  private Machine() {}

  static String line(Testbed testbed, List<Batch> batches) throws IOException {
    return String.join(
            "; ",
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Runtime.getRuntime().availableProcessors() + " cores (" + processor() + ")",
            "JDK " + Runtime.version(),
            "sources " + revision(),
            // The jar may be of other sources than these.
            "jar of " + Files.getLastModifiedTime(Project.jar()).toInstant(),
            batches.stream()
                .map(batch -> batch.version(testbed))
                .distinct()
                .collect(Collectors.joining("; ")),
            Execution.of(List.of("ssh", "-V")).err().strip(),
            "load before " + Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0])
        + "\n\n";
  }

  private static String processor() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceAll(".*:\\s*", ""))
          .findFirst()
          .orElse("unknown");
    }
  }

  private static String revision() {
    String root = Project.root().toString();
    String commit =
        Execution.of(List.of("git", "-C", root, "rev-parse", "--short", "HEAD")).output().strip();
    boolean clean =
        Execution.of(List.of("git", "-C", root, "status", "--porcelain")).output().isBlank();
    return clean ? commit : commit + " with changes";
  }
}
