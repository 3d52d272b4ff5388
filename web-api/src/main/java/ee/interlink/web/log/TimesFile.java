package ee.interlink.web.log;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.LogChunk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Reads when a log had which size, from the beginning on. */
final class TimesFile {
  /**
   * @param time when it had been written
   * @param size what had been written, in bytes
   */
  record Entry(Instant time, long size) {}

  private final ContainerLog log;
  private final Deque<Entry> read = new ArrayDeque<>();
  private long offset;
  private String begun = "";
  private Instant latest = Instant.MIN;

  TimesFile(ContainerLog log) {
    this.log = log;
  }

  /** The next entry; empty at the present end, behind which more may come. */
  Optional<Entry> next() throws BatchException {
    boolean more = true;
    while (read.isEmpty() && more) {
      LogChunk piece = log.times(offset);
      more = piece.content().length > 0;
      offset = piece.end();
      take(begun + new String(piece.content(), StandardCharsets.US_ASCII));
    }
    return Optional.ofNullable(read.poll());
  }

  private void take(String text) {
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      entry(text.substring(from, end)).filter(this::isLater).ifPresent(read::add);
      from = end + 1;
    }
    begun = text.substring(from);
  }

  /**
   * A long file is thinned out now and then, so that at this place comes what was read before, or
   * the rest of a line: its digits look like a time long ago.
   */
  private boolean isLater(Entry entry) {
    boolean later = !entry.time().isBefore(latest);
    latest = later ? entry.time() : latest;
    return later;
  }

  /** A line that is none, as a full disk leaves it, is passed over. */
  private static Optional<Entry> entry(String line) {
    int space = line.indexOf(' ');
    try {
      return space < 0
          ? Optional.empty()
          : Optional.of(
              new Entry(
                  Instant.ofEpochMilli(Long.parseLong(line.substring(0, space))),
                  Long.parseLong(line.substring(space + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
