package ee.interlink.local;

import ee.interlink.batch.ReportCursor;
import ee.interlink.runner.SpoolEntry;
import java.util.List;

/**
 * The events that a round has told; the next round removes them, for then they are safely kept.
 *
 * @param taken may already be removed
 */
record LocalCursor(List<SpoolEntry> taken) implements ReportCursor {
  LocalCursor {
    taken = List.copyOf(taken);
  }
}
