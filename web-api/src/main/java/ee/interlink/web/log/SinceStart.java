package ee.interlink.web.log;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.LogChunk;
import java.time.Instant;
import java.util.Optional;

/** Finds where that begins which was written since a time. */
final class SinceStart {
  private SinceStart() {}

  /** The offset of the first line that was begun since then; the present end if none was. */
  static long of(ContainerLog log, Instant since, Instant now) throws BatchException {
    if (since.isAfter(now)) {
      return TailStart.of(log, 0);
    }
    TimesFile times = new TimesFile(log);
    long before = 0;
    Optional<TimesFile.Entry> next = times.next();
    while (next.isPresent() && next.get().time().isBefore(since)) {
      before = next.get().size();
      next = times.next();
    }
    return before == 0 ? 0 : lineFrom(log, before);
  }

  /** The first line that begins there or later: whatever is under way there was begun before. */
  private static long lineFrom(ContainerLog log, long offset) throws BatchException {
    LogChunk piece = log.piece(offset - 1, ContainerLog.PIECE);
    while (piece.content().length > 0) {
      for (int i = 0; i < piece.content().length; i++) {
        if (piece.content()[i] == '\n') {
          return piece.offset() + i + 1;
        }
      }
      piece = log.piece(piece.end(), ContainerLog.PIECE);
    }
    return piece.end();
  }
}
