package ee.interlink.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What is added to a file. */
final class Tail {
  private final Path file;
  private long read;

  /** Begins with the next line. */
  Tail(Path file) {
    this.file = file;
    read = file.toFile().length();
  }

  /** The whole lines that have been added since the last call. */
  List<String> news() {
    try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "r")) {
      if (all.length() < read) {
        throw new IllegalStateException(file + " has been begun anew");
      }
      byte[] news = new byte[Math.toIntExact(all.length() - read)];
      all.seek(read);
      all.readFully(news);
      // One byte is one character, whatever it is.
      String text = new String(news, StandardCharsets.ISO_8859_1);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      read += whole.length();
      return whole.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
