package ee.interlink.slurm;

import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import ee.interlink.site.jobs.Words;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of our jobs in the queue.
 *
 * @param pod by the job's name
 * @param id Slurm's number
 * @param state in Slurm's long form
 * @param reason Slurm's word or words; may be empty
 * @param origin of its request, if it had one
 */
record QueuedJob(PodUid pod, JobId id, String state, String reason, Optional<String> origin) {
  private static final Pattern FIELDS = Pattern.compile("\u001f");
  private static final Pattern UID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SIGNAL = Pattern.compile("RaisedSignal:([0-9]{1,2})\\b.*");
  private static final Pattern STATE = Pattern.compile("[A-Z_]{1,40}");

  /**
   * Reads {@code id, name, state, comment, reason}. Other jobs of the account are nothing to us,
   * whatever their names and comments look like.
   */
  static Optional<QueuedJob> parse(String line, String mark) {
    String[] fields = FIELDS.split(line, 5);
    if (fields.length < 5
        || !fields[3].startsWith(mark)
        || !NUMBER.matcher(fields[0]).matches()
        || !UID.matcher(fields[1]).matches()
        || !STATE.matcher(fields[2]).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new QueuedJob(
            new PodUid(fields[1]),
            new JobId(fields[0]),
            fields[2],
            Words.shortened(fields[4]),
            JobComment.origin(fields[3], mark)));
  }

  JobReport.Scheduled report() {
    Matcher signal = SIGNAL.matcher(reason);
    return new JobReport.Scheduled(
        pod,
        id,
        SlurmState.meaning(state),
        SlurmState.words(state, reason),
        signal.matches()
            ? OptionalInt.of(AccountedJob.bySignal(Integer.parseInt(signal.group(1))))
            : OptionalInt.empty(),
        origin);
  }
}
