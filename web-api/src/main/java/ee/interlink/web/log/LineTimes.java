package ee.interlink.web.log;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.LogChunk;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * When the lines of a log were written, for a reader that goes forward. In memory are the times of
 * one piece.
 */
final class LineTimes {
  private final TimesFile file;
  private final Clock clock;
  private final Deque<TimesFile.Entry> entries = new ArrayDeque<>();

  LineTimes(ContainerLog log, Clock clock) {
    this.file = new TimesFile(log);
    this.clock = clock;
  }

  /** Reads what is needed for that piece, as far as it is there. */
  void cover(LogChunk piece) throws BatchException {
    boolean more = true;
    while (more && (entries.isEmpty() || entries.getLast().size() < piece.end())) {
      Optional<TimesFile.Entry> next = file.next();
      next.filter(entry -> entry.size() > piece.offset()).ifPresent(entries::add);
      more = next.isPresent();
    }
  }

  /** The time of the byte at that offset, and of later ones from then on. */
  Instant at(long offset) {
    while (!entries.isEmpty() && entries.getFirst().size() <= offset) {
      entries.removeFirst();
    }
    // What lies behind the last entry has been written since.
    return entries.isEmpty() ? clock.instant() : entries.getFirst().time();
  }
}
