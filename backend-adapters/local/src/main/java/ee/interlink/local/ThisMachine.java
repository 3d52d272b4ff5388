package ee.interlink.local;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this machine has. */
final class ThisMachine {
  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal: *([0-9]+) kB");
  private static final long KIB = 1024;

  private ThisMachine() {}

  static Capacity capacity() throws IOException {
    return new Capacity(Runtime.getRuntime().availableProcessors(), memory(), gpus());
  }

  private static Bytes memory() throws IOException {
    Matcher total = TOTAL.matcher(Files.readString(Path.of("/proc/meminfo")));
    if (!total.find()) {
      throw new IOException("/proc/meminfo names no MemTotal");
    }
    return new Bytes(Long.parseLong(total.group(1)) * KIB);
  }

  private static long gpus() throws IOException {
    long count = 0;
    try (DirectoryStream<Path> devices =
        Files.newDirectoryStream(Path.of("/dev"), "nvidia[0-9]*")) {
      for (Path device : devices) {
        count += Files.isDirectory(device) ? 0 : 1;
      }
    }
    return count;
  }
}
