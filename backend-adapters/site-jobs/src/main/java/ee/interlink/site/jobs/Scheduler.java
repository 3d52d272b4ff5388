package ee.interlink.site.jobs;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.runner.JobFile;
import ee.interlink.runner.PodRunner;
import java.util.List;
import java.util.Optional;

/**
 * What a batch system has of its own, for one backend: what is said to its commands at the site,
 * and what their answers mean. Everything else of a driver is {@link SiteConnection}. Has no state.
 *
 * <p>At the site it is {@link #functions() functions of bash}, which the texts of the calls use:
 *
 * <ul>
 *   <li>{@code is_job_id TEXT}: whether it has the form of a job's id
 *   <li>{@code needs_variable NAME}: whether its commands must see this variable of the
 *       environment, which submissions otherwise empty; home, path and name of the account stay
 *   <li>{@code find_in_scheduler POD yes|no|auto}: sets {@code id} to the pod's job, or to nothing
 *       if there is none; {@code exit "$no_answer"} if it cannot tell. The second argument is the
 *       setting {@code accounting}
 *   <li>{@code submit_job POD ARGUMENT...}: makes the pod a job that runs a copy of {@code $runner}
 *       with the argument {@code $backend/POD}, or notes it for {@code submit_rest}. After the
 *       attempt it says {@code over POD}, then {@code has_job POD ID}, or {@code answer POD
 *       refused|unknown TEXT}
 *   <li>{@code submit_rest}: once, after the last pod
 *   <li>{@code ask_queue ARGUMENT...}: a line for each job of the account; its exit status tells
 *       whether this is the whole queue
 *   <li>{@code ask_accounting yes|auto ID,ID...}: a line for each of these jobs that is known
 *   <li>{@code ask_capacity ARGUMENT...}: anything that {@link #capacity} reads
 *   <li>{@code tell_runner POD ID}: TERM to the job's runner and to nothing else of it
 *   <li>{@code end_job POD ID}: the job's end, at once. Like the one before: a job that is not
 *       there any more, or is another pod's, is left alone; {@code exit "$no_answer"} if it cannot
 *       be done
 *   <li>{@code log_file PATH}: sets {@code file} to where a log is now; the path is below the
 *       backend's directory
 *   <li>{@code is_out_of_memory POD}: whether the files of a job that is over, and whose runner has
 *       not said so, tell that it used too much memory; for what the scheduler itself does not say
 *   <li>{@code forget_job POD}: the end of what the scheduler itself keeps of an ended job
 * </ul>
 */
public interface Scheduler extends SiteScheduler {

  /** The command that {@code ask_queue} uses, for messages. */
  String queueCommand();

  /**
   * The functions above: text that does nothing but define them, and constants of this connection.
   */
  @Override
  String functions();

  /** The script that {@code $runner} is at the site, under this path. */
  default JobFile script(String path) {
    return PodRunner.file(path);
  }

  /**
   * What of a pod's files goes into its folder at the site; all of them, unless the scheduler
   * carries them on in another form.
   */
  default List<JobFile> luggage(List<JobFile> files) {
    return files;
  }

  /**
   * The arguments of {@code submit_job} after the pod.
   *
   * @throws InvalidRequestException if this pod is not to be submitted as it stands
   */
  List<String> submitArguments(JobRequest request) throws InvalidRequestException;

  /** The arguments of {@code ask_queue}. */
  List<String> queueArguments();

  /**
   * Reads one line of {@code ask_queue}; empty if the job is none of this backend's, or the line
   * has not the agreed form.
   */
  Optional<JobReport.Scheduled> queued(String line);

  /**
   * Reads one line of {@code ask_accounting}, of a job that the queue does not mention; empty if
   * the line has not the agreed form.
   */
  Optional<JobReport.Scheduled> accounted(String line);

  /**
   * What a line of {@code ask_queue} or {@code ask_accounting} tells of the job's containers; for
   * sites where the runner can leave its news nowhere else. What was told once may be told again.
   */
  default List<JobReport> news(String line) {
    return List.of();
  }

  /** The arguments of {@code ask_capacity}. */
  List<String> capacityArguments();

  /** Reads the whole answer of {@code ask_capacity}. */
  Capacity capacity(String answer);

  /**
   * What it means for a pod that it was answered {@code refused}.
   *
   * @param said all that the command said, on one line and of at most 2000 characters
   */
  BatchException refusal(String said);
}
