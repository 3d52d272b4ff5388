package ee.interlink.site.jobs;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The questions of an observation, however the scheduler is asked. */
interface Questions {

  /**
   * One round.
   *
   * @param word of the queue, if it was asked
   */
  record Round(Optional<QueueWord> word, SpoolAnswer spool) {}

  /**
   * What is known of jobs that the queue does not mention.
   *
   * @param accounted what accounting says of them
   * @param news what it tells of containers
   * @param silence why it says nothing of the others
   * @param files what runners have left in their folders, by pod and by name
   */
  record Ended(
      Map<JobRef, JobReport.Scheduled> accounted,
      List<JobReport> news,
      String silence,
      Map<PodUid, Map<String, String>> files) {}

  /**
   * The queue, if it is to be asked, and then the spool: a job that has left the queue has told
   * everything by then.
   */
  Round round(boolean queue, Collection<JobRef> live, SiteCursor cursor) throws BatchException;

  Ended ended(List<JobRef> jobs) throws BatchException;

  /** How many jobs {@link #ended} is asked for at a time. */
  int endedTogether();
}
