package ee.interlink.web.log;

import static java.lang.System.Logger.Level.DEBUG;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.LogChunk;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A log on its way to a reader: never more than one piece of it in memory. In time a follower of a
 * silent container asks less often.
 */
public final class LogStream implements StreamingOutput {
  private static final System.Logger LOG = System.getLogger(LogStream.class.getName());
  static final Duration SHORTEST_PAUSE = Duration.ofMillis(300);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** How often a backend is asked in vain for the rest of an ended container's log. */
  static final int MOST_UNANSWERED = 30;

  /** How a follower waits; a clock for tests. */
  public interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  private final ContainerLog log;
  private final LogRequest request;
  private final Pause pause;
  private LogChunk next;
  private long left;
  private Duration silence = SHORTEST_PAUSE;
  private int unanswered;

  private LogStream(ContainerLog log, LogRequest request, Pause pause, LogChunk first) {
    this.log = log;
    this.request = request;
    this.pause = pause;
    this.next = first;
    this.left = request.limitBytes().orElse(Long.MAX_VALUE);
  }

  /**
   * Reads the first piece, so that a backend that does not answer becomes a problem and not a
   * stream that breaks.
   */
  public static LogStream open(ContainerLog log, LogRequest request, Pause pause)
      throws BatchException {
    long start =
        request.tailLines().isPresent() ? TailStart.of(log, request.tailLines().getAsLong()) : 0;
    return new LogStream(log, request, pause, log.piece(start, ContainerLog.PIECE));
  }

  @Override
  public void write(OutputStream out) throws IOException {
    try {
      out.flush(); // the reader shall know at once that it has been heard
      ContainerLog.Writer writer = round(out);
      while (left > 0 && !(writer == ContainerLog.Writer.DONE && unanswered == 0)) {
        if (writer == ContainerLog.Writer.DONE && unanswered > MOST_UNANSWERED) {
          throw new BackendUnavailableException("the backend does not answer");
        }
        pause.take(silence);
        Duration twice = silence.multipliedBy(2);
        silence = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        writer = round(out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops: the reader sees an end
    } catch (BatchException e) {
      throw new IOException("the backend stopped giving the log: " + e.getMessage(), e);
    } catch (IOException e) {
      LOG.log(DEBUG, "a reader of a log has gone"); // nobody is left to be told
    }
  }

  /**
   * Hands on what there is. The container is looked at first: what it wrote before its end is then
   * sure to be read after it.
   */
  private ContainerLog.Writer round(OutputStream out) throws IOException, BatchException {
    ContainerLog.Writer writer = request.follow() ? log.writer() : ContainerLog.Writer.DONE;
    if (request.follow() && next.content().length == 0 && writer != ContainerLog.Writer.NOT_YET) {
      next = read();
    }
    while (next.content().length > 0 && left > 0) {
      int length = (int) Math.min(next.content().length, left);
      out.write(next.content(), 0, length);
      out.flush();
      left -= length;
      silence = SHORTEST_PAUSE;
      if (left > 0) {
        next = read();
      }
    }
    return writer;
  }

  private LogChunk read() throws BatchException {
    try {
      LogChunk piece = log.piece(next.end(), (int) Math.min(ContainerLog.PIECE, left));
      unanswered = 0;
      return piece;
    } catch (BackendUnavailableException e) {
      if (!request.follow()) {
        throw e;
      }
      unanswered++; // an outage is not the end of what is followed
      return new LogChunk(next.end(), new byte[0]);
    }
  }
}
