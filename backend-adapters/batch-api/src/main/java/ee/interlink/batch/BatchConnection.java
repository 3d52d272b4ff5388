package ee.interlink.batch;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A way into one backend as one account; the {@code java.sql.Connection} of batch systems. Used by
 * one thread at a time and given back by {@link #close}. Every call has a time limit of its own and
 * ends early when its thread is interrupted, then as {@link BackendUnavailableException}.
 */
public interface BatchConnection extends AutoCloseable {

  /**
   * The idempotency question: does the backend hold, or has it lately held, a job marked with this
   * pod's UID? Also true of a job whose submission the caller never heard the end of.
   *
   * @throws BackendUnavailableException also while a submission for this pod is still under way
   */
  Optional<JobId> find(PodUid pod) throws BatchException;

  /**
   * Makes one job of each pod, several at a time because a burst costs a site mostly what surrounds
   * each submission. A second call for the same pod returns the first one's job as far as the site
   * can tell; a caller that does not know whether an earlier call came through must ask {@link
   * #find} first.
   *
   * @param requests of different pods; a few dozen at most
   * @return what has become of each, in the order of the requests
   * @throws BatchException if nothing is known of any of them: some may have come through
   */
  List<SubmitOutcome> submit(List<JobRequest> requests) throws BatchException;

  /**
   * What has become of all our jobs: a constant number of remote questions, however many jobs.
   *
   * @param live the jobs that the caller takes to be alive; for one that the scheduler does not
   *     mention, accounting is asked, and {@link JobState#UNKNOWN} reported if that does not know
   *     it either
   * @param since {@link ReportCursor#START}, or what the last round returned
   */
  JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException;

  /**
   * Asks for the end of jobs, several at a time as they are submitted; returns before they have
   * ended. To be called again until {@link #report} says that they have: each call is safe whatever
   * a job's state, also long after its end.
   *
   * @param cancellations of different pods; a few dozen at most
   * @throws BatchException if not all could be asked for; some may have been
   */
  void cancel(List<Cancellation> cancellations) throws BatchException;

  /** The same of one. */
  default void cancel(JobRef job, Duration grace) throws BatchException {
    cancel(List.of(new Cancellation(job, grace)));
  }

  /**
   * Puts newer files into volumes of jobs that wait or run, so that their containers see all of a
   * volume's new files at once, as on a kubelet: no reader ever sees half a file, or a new file
   * beside an old one below one {@code ..data}. What is mounted by a {@code subPath} stays as it
   * was when its container started. Safe to repeat; what is older than what the job has is left
   * out.
   *
   * @param updates of different pods; a few dozen at most
   * @return what has become of each, in the order of the updates; {@link UpdateOutcome#NEVER} of
   *     all if the backend {@linkplain BatchConnectionFactory#updates has no way} to its jobs
   * @throws BatchException if nothing is known of any of them: some may have come through
   */
  List<UpdateOutcome> update(List<VolumeUpdate> updates) throws BatchException;

  /**
   * A piece of one container's log, while the job runs and until {@link #discard}. A container that
   * has not started, or has said nothing yet, has an empty log; so has one without a previous run.
   */
  LogChunk log(JobRef job, LogFile file, LogRange range) throws BatchException;

  /**
   * Removes what this pod's ended or never started job left at the site. Safe to call again. By the
   * pod's UID and not by a {@link JobRef}: a refused submission leaves traces without a job.
   */
  void discard(PodUid pod) throws BatchException;

  /** The size of what jobs can be sent to, what is free of it, and what kind of machines it is. */
  Capacity capacity() throws BatchException;

  /** Gives the connection back. Never throws. */
  @Override
  void close();
}
