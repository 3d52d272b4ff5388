package ee.interlink.launcher;

import java.io.PrintStream;

/** Says what happens, beside the pod's own output and never in it. */
final class Console {
  private static final String ERASE_LINE = "\r\u001b[K";
  private final PrintStream out;
  private final boolean live;
  private boolean progressShown;

  Console(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  synchronized void say(String line) {
    erase();
    out.println(line);
    out.flush();
  }

  /** A line that the next one replaces; only for somebody who watches. */
  synchronized void progress(String line) {
    if (live) {
      out.print(ERASE_LINE + line);
      out.flush();
      progressShown = true;
    }
  }

  private void erase() {
    if (progressShown) {
      out.print(ERASE_LINE);
      progressShown = false;
    }
  }
}
