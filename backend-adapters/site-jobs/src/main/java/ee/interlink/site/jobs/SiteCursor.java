package ee.interlink.site.jobs;

import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the observation stands.
 *
 * @param taken the spool entries of the last answer, to be removed now that they are kept
 * @param over jobs that the last answer said to be over: what a killed runner could not remove of
 *     them is to be removed
 * @param queueAsked when the queue was asked last
 * @param accountingAsked when accounting was asked last
 * @param asked how many of the unmentioned jobs have had their turn there
 * @param news what the queue's last answer told of containers
 * @param outage what the queue's command said when it last failed, until it answers again
 * @param memory what a service has told of the queue
 */
record SiteCursor(
    List<String> taken,
    Set<PodUid> over,
    Instant queueAsked,
    Instant accountingAsked,
    int asked,
    Set<JobReport> news,
    Optional<String> outage,
    QueueMemory memory)
    implements ReportCursor {
  private static final SiteCursor BEGIN =
      new SiteCursor(
          List.of(),
          Set.of(),
          Instant.MIN,
          Instant.MIN,
          0,
          Set.of(),
          Optional.empty(),
          QueueMemory.NONE);

  static SiteCursor of(ReportCursor cursor) {
    return cursor instanceof SiteCursor own ? own : BEGIN;
  }

  /** What report.sh reads: an entry has commas in its name, a pod has none. */
  String done() {
    return Stream.concat(taken.stream(), over.stream().map(PodUid::value))
        .collect(Collectors.joining("\n"));
  }

  boolean first() {
    return queueAsked.equals(Instant.MIN);
  }
}
