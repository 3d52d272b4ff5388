package ee.interlink.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The server's log of this start; that of the start before is kept beside it. */
record ServerLog(Path file) {
  private static final int LAST_LINES = 20;

  File fresh() throws IOException {
    if (Files.exists(file)) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".before"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    return file.toFile();
  }

  /** What to tell a person when the server is dead. */
  String obituary() {
    List<String> lines;
    try {
      lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return "the server has ended, and its log cannot be read: " + e;
    }
    List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    return "the server has ended; the last lines of " + file + ":\n  " + String.join("\n  ", last);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
