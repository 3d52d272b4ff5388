package ee.interlink.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Copies one container's output to ours until the container has ended. After a broken connection it
 * asks again and leaves out what it has already shown.
 */
final class LogFollower implements Runnable {
  private static final int TRIES = 5;
  private final Portal portal;
  private final String uid;
  private final String container;
  private final OutputStream out;
  private long shown;

  LogFollower(Portal portal, String uid, String container, OutputStream out) {
    this.portal = portal;
    this.uid = uid;
    this.container = container;
    this.out = out;
  }

  static Thread start(Portal portal, String uid, String container, boolean named, PrintStream out) {
    OutputStream sink = named ? new PrefixedLines(out, "[" + container + "] ") : out;
    Thread thread =
        new Thread(new LogFollower(portal, uid, container, sink), "log of " + container);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void run() {
    for (int tries = 0; tries < TRIES; tries++) {
      try (InputStream log = portal.follow(uid, container)) {
        log.skipNBytes(shown);
        copy(log);
        if (out instanceof PrefixedLines lines) {
          lines.end();
        }
        out.flush();
        return;
      } catch (IOException e) {
        // The next try says more than this error; the pod's phase shows what became of it.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void copy(InputStream log) throws IOException {
    byte[] piece = new byte[8192];
    for (int n = log.read(piece); n >= 0; n = log.read(piece)) {
      out.write(piece, 0, n);
      shown += n;
      if (log.available() == 0) {
        out.flush();
      }
    }
  }
}
