package ee.interlink.launcher;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Whole lines of one container among those of others, each with the container's name. */
final class PrefixedLines extends OutputStream {
  private final PrintStream out;
  private final byte[] prefix;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  PrefixedLines(PrintStream out, String prefix) {
    this.out = out;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) {
    line.write(b);
    if (b == '\n') {
      print();
    }
  }

  /** Does not break a line that has only begun. */
  @Override
  public void flush() {
    out.flush();
  }

  /** Ends a line that the container left open. */
  void end() {
    if (line.size() > 0) {
      write('\n');
    }
  }

  private void print() {
    synchronized (out) {
      out.write(prefix, 0, prefix.length);
      out.write(line.toByteArray(), 0, line.size());
    }
    line.reset();
  }
}
