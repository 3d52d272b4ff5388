package ee.interlink.web.log;

import static java.lang.System.Logger.Level.DEBUG;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.LogChunk;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

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
    /**
     * @throws IOException if the reader has gone meanwhile
     */
    void take(Duration time) throws InterruptedException, IOException;
  }

  private final ContainerLog log;
  private final LogRequest request;
  private final Pause pause;
  private final LogWriter lines;
  private LogChunk next;
  private Duration silence = SHORTEST_PAUSE;
  private int unanswered;

  private LogStream(
      ContainerLog log, LogRequest request, Pause pause, Clock clock, LogChunk first) {
    this.log = log;
    this.request = request;
    this.pause = pause;
    this.lines =
        new LogWriter(
            request.timestamps() ? Optional.of(new LineTimes(log, clock)) : Optional.empty(),
            request.limitBytes().orElse(Long.MAX_VALUE));
    this.next = first;
  }

  /**
   * Reads the first piece, so that a backend that does not answer becomes a problem and not a
   * stream that breaks.
   */
  public static LogStream open(ContainerLog log, LogRequest request, Pause pause)
      throws BatchException {
    return open(log, request, pause, Clock.systemUTC());
  }

  static LogStream open(ContainerLog log, LogRequest request, Pause pause, Clock clock)
      throws BatchException {
    ContainerLog wanted = request.previous() ? log.ofPreviousRun() : log;
    LogChunk first = wanted.piece(start(wanted, request, clock), ContainerLog.PIECE);
    return new LogStream(wanted, request, pause, clock, first);
  }

  private static long start(ContainerLog log, LogRequest request, Clock clock)
      throws BatchException {
    long start = 0;
    if (request.tailLines().isPresent()) {
      start = TailStart.of(log, request.tailLines().getAsLong());
    }
    if (request.since().isPresent()) {
      start = Math.max(start, SinceStart.of(log, request.since().get(), clock.instant()));
    }
    return start;
  }

  @Override
  public void write(OutputStream out) throws IOException {
    try {
      out.flush(); // the reader shall know at once that it has been heard
      ContainerLog.Writer writer = round(out);
      while (lines.left() > 0 && !(writer == ContainerLog.Writer.DONE && unanswered == 0)) {
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
    while (next.content().length > 0 && lines.left() > 0 && handOn(out)) {
      silence = SHORTEST_PAUSE;
      next = lines.left() > 0 ? read() : new LogChunk(next.end(), new byte[0]);
    }
    return writer;
  }

  /** Whether the piece was written; if the backend was away, it is kept for later. */
  private boolean handOn(OutputStream out) throws IOException, BatchException {
    try {
      lines.write(next, out);
      return true;
    } catch (BackendUnavailableException e) {
      outage(e);
      return false;
    }
  }

  private LogChunk read() throws BatchException {
    try {
      LogChunk piece = log.piece(next.end(), (int) Math.min(ContainerLog.PIECE, lines.left()));
      unanswered = 0;
      return piece;
    } catch (BackendUnavailableException e) {
      outage(e);
      return new LogChunk(next.end(), new byte[0]);
    }
  }

  /** An outage is not the end of what is followed. */
  private void outage(BackendUnavailableException e) throws BackendUnavailableException {
    if (!request.follow()) {
      throw e;
    }
    unanswered++;
  }
}
