package ee.interlink.slurm;

import ee.interlink.batch.ReportCursor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the observation stands.
 *
 * @param taken the spool entries of the last answer, to be removed now that they are kept
 * @param queueAsked when squeue was asked last
 * @param accountingAsked when sacct was asked last
 * @param asked how many of the unmentioned jobs have had their turn there
 * @param outage what squeue said when it last failed, until it answers again
 */
record SlurmCursor(
    List<String> taken,
    Instant queueAsked,
    Instant accountingAsked,
    int asked,
    Optional<String> outage)
    implements ReportCursor {
  private static final SlurmCursor BEGIN =
      new SlurmCursor(List.of(), Instant.MIN, Instant.MIN, 0, Optional.empty());

  static SlurmCursor of(ReportCursor cursor) {
    return cursor instanceof SlurmCursor own ? own : BEGIN;
  }

  boolean first() {
    return queueAsked.equals(Instant.MIN);
  }
}
