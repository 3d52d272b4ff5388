package ee.interlink.web.kubelet;

import ee.interlink.web.log.LogStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * How a follower waits: each time it looks whether its client is still there. The end of a silent
 * client would otherwise be noticed when there is something to write, which may be never.
 */
final class ClientWatch implements LogStream.Pause {
  private static final int SOME = 1 << 10;
  private final EndPoint endPoint;

  ClientWatch(EndPoint endPoint) {
    this.endPoint = endPoint;
  }

  @Override
  public void take(Duration time) throws InterruptedException, IOException {
    Thread.sleep(time.toMillis());
    ByteBuffer unread = BufferUtil.allocate(SOME);
    // Nothing is to be said after the request: what comes all the same is dropped.
    if (!endPoint.isOpen() || endPoint.fill(unread) < 0) {
      throw new EOFException("the client has gone");
    }
  }
}
