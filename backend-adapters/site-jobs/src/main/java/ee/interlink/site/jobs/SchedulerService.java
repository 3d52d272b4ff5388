package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.runner.JobFile;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A scheduler that is asked over the network, by one account, and not by commands at the site. Its
 * jobs write their folders themselves; what is in them is reached by a shell, whose texts use these
 * of the functions that {@link Scheduler} lists: {@code log_file}, {@code is_out_of_memory} and
 * {@code forget_job}, and of {@code cancel} {@code tell_runner} and {@code end_job}, which here say
 * on a line {@code tell POD ID} or {@code end POD ID}.
 */
public interface SchedulerService extends SiteScheduler, AutoCloseable {

  /** As {@link ee.interlink.batch.BatchConnection#find}. */
  Optional<JobId> find(PodUid pod) throws BatchException;

  /**
   * Makes a pod a job, of which nothing is known to be there already.
   *
   * @param files of the pod's folder, without the runner
   * @param directory the backend's, absolute, as the jobs see it
   * @throws InvalidRequestException if this pod is not to be submitted as it stands
   * @throws BatchException if it has not been, or not for all that is known
   */
  JobId submit(JobRequest request, List<JobFile> files, String directory)
      throws BatchException, InvalidRequestException;

  /**
   * The queue, by a number of requests that does not depend on how many jobs there are.
   *
   * @param live see {@link ee.interlink.batch.BatchConnection#report}
   * @param memory what the last answer has left; {@link QueueMemory#NONE} before the first, which
   *     tells of all jobs of this backend
   * @throws BatchException only if the account is not let in: an outage is an answer
   */
  QueueWord queue(Collection<JobRef> live, QueueMemory memory) throws BatchException;

  /**
   * What accounting knows of these jobs, none of which the queue has; one that is not known is left
   * out.
   *
   * @param jobs no more than {@link #ENDED_TOGETHER}
   * @throws BackendUnavailableException if accounting does not answer
   */
  List<JobReport.Scheduled> accounted(List<JobRef> jobs) throws BatchException;

  /** How many jobs {@link #accounted} is asked for at a time. */
  int ENDED_TOGETHER = 32;

  /** TERM to the job's runner and to nothing else of it; one that is not there is left alone. */
  void tell(JobRef job) throws BatchException;

  /** The job's end, at once; one that is not there is left alone. */
  void end(JobRef job) throws BatchException;

  /** As {@link ee.interlink.batch.BatchConnection#capacity}. */
  Capacity capacity() throws BatchException;

  /** Ends it for good. Never throws. */
  @Override
  void close();
}
