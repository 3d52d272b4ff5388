package ee.interlink.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The resident memory of a process, as the kernel counts it.
 *
 * @param residentKiB VmRSS
 * @param peakKiB VmHWM
 */
public record Memory(long residentKiB, long peakKiB) {
  public static Memory of(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    return new Memory(kibibytes(status, "VmRSS:"), kibibytes(status, "VmHWM:"));
  }

  private static long kibibytes(Path status, String key) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
