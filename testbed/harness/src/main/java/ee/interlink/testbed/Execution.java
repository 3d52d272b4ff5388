package ee.interlink.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param out standard output, as UTF-8
 * @param err standard error, as UTF-8
 */
public record Execution(List<String> command, int exitCode, String out, String err) {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Runs it to its end, with nothing on standard input. */
  public static Execution of(List<String> command) {
    return of(command, LIMIT);
  }

  /** The same of a command that may take its time. */
  public static Execution of(List<String> command, Duration limit) {
    try {
      Path out = Files.createTempFile("execution", ".out");
      Path err = Files.createTempFile("execution", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(
              command + " has not ended after " + limit.toSeconds() + " s");
        }
        return new Execution(List.copyOf(command), process.exitValue(), text(out), text(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + command, e);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Its output, of a command that must not fail. */
  public String output() {
    if (exitCode != 0) {
      throw new IllegalStateException(command + " ended with " + exitCode + ": " + err + out);
    }
    return out;
  }

  public List<String> lines() {
    return output().lines().filter(line -> !line.isBlank()).toList();
  }
}
