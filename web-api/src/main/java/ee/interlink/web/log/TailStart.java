package ee.interlink.web.log;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.LogChunk;
import java.util.Arrays;
import java.util.OptionalLong;

/** Finds where the last lines of a log begin, reading backwards piece by piece. */
final class TailStart {
  private final ContainerLog log;
  private long missing;

  private TailStart(ContainerLog log, long lines) {
    this.log = log;
    this.missing = lines;
  }

  /** The offset of the first of so many last lines. */
  static long of(ContainerLog log, long lines) throws BatchException {
    return new TailStart(log, lines).find();
  }

  private long find() throws BatchException {
    LogChunk tip = log.piece(-ContainerLog.PIECE, ContainerLog.PIECE);
    LogChunk last = filled(tip, ContainerLog.PIECE);
    if (missing == 0 || last.content().length == 0) {
      return last.end();
    }
    // The newline at the very end closes the last line; it does not begin one more.
    boolean closed = last.content()[last.content().length - 1] == '\n';
    missing += closed ? 1 : 0;
    OptionalLong start = lookIn(last);
    long from = last.offset();
    while (start.isEmpty() && from > 0) {
      int length = (int) Math.min(from, ContainerLog.PIECE);
      from -= length;
      start = lookIn(filled(log.piece(from, length), length));
    }
    return start.orElse(0);
  }

  /** A backend may give less than asked for: what follows is added until it is as long. */
  private LogChunk filled(LogChunk first, int length) throws BatchException {
    byte[] content = Arrays.copyOf(first.content(), length);
    int filled = first.content().length;
    boolean more = filled > 0;
    while (more && filled < length) {
      LogChunk piece = log.piece(first.offset() + filled, length - filled);
      System.arraycopy(piece.content(), 0, content, filled, piece.content().length);
      filled += piece.content().length;
      more = piece.content().length > 0;
    }
    return new LogChunk(first.offset(), Arrays.copyOf(content, filled));
  }

  private OptionalLong lookIn(LogChunk piece) {
    for (int i = piece.content().length - 1; i >= 0; i--) {
      if (piece.content()[i] == '\n' && --missing == 0) {
        return OptionalLong.of(piece.offset() + i + 1);
      }
    }
    return OptionalLong.empty();
  }
}
