package ee.interlink.slurm;

import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
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
 * @param restarts how often Slurm has taken it off its node to start it once more
 * @param code of its script, as Slurm writes it
 * @param reason Slurm's word or words; may be empty
 * @param origin of its request, if it had one
 */
record QueuedJob(
    PodUid pod,
    JobId id,
    String state,
    long restarts,
    String code,
    String reason,
    Optional<String> origin) {
  static final Pattern UID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SIGNAL = Pattern.compile("RaisedSignal:([0-9]{1,2})\\b.*");
  static final Pattern STATE = Pattern.compile("[A-Z_]{1,40}");

  /** What a runner ends with that finds its pod claimed: 75, before 23.02 as wait(2) has it. */
  private static final Pattern CLAIMED_BEFORE = Pattern.compile("75:0|19200");

  /** The columns that scheduler.sh asks for; the reason is what is left. */
  private enum Column {
    ID(0, 20),
    NAME(20, 66),
    STATE(86, 40),
    RESTARTS(126, 12),
    CODE(138, 12),
    COMMENT(150, 400);

    private final int from;
    private final int width;

    Column(int from, int width) {
      this.from = from;
      this.width = width;
    }

    private String of(String line) {
      return line.substring(from, from + width).stripTrailing();
    }
  }

  private static final int REASON = Column.COMMENT.from + Column.COMMENT.width;

  /**
   * Reads one line. Other jobs of the account are nothing to us, whatever their names and comments
   * look like.
   */
  static Optional<QueuedJob> parse(String line, String mark) {
    if (line.length() < REASON
        || !line.startsWith(mark, Column.COMMENT.from)
        || !NUMBER.matcher(Column.ID.of(line)).matches()
        || !UID.matcher(Column.NAME.of(line)).matches()
        || !STATE.matcher(Column.STATE.of(line)).matches()
        || !NUMBER.matcher(Column.RESTARTS.of(line)).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new QueuedJob(
            new PodUid(Column.NAME.of(line)),
            new JobId(Column.ID.of(line)),
            Column.STATE.of(line),
            Long.parseLong(Column.RESTARTS.of(line)),
            Column.CODE.of(line),
            Words.shortened(line.substring(REASON).strip()),
            JobComment.origin(Column.COMMENT.of(line), mark)));
  }

  /** The table knows the state alone; that the job has run before makes another one of two. */
  private JobState meaning() {
    JobState meaning = SlurmState.meaning(state);
    if (restarts > 0 && meaning == JobState.QUEUED) {
      return JobState.REQUEUED;
    }
    boolean notRunAgain =
        restarts > 0 && meaning == JobState.FAILED && CLAIMED_BEFORE.matcher(code).matches();
    return notRunAgain ? JobState.LOST : meaning;
  }

  JobReport.Scheduled report() {
    Matcher signal = SIGNAL.matcher(reason);
    return new JobReport.Scheduled(
        pod,
        id,
        meaning(),
        SlurmState.words(state, reason),
        signal.matches()
            ? OptionalInt.of(AccountedJob.bySignal(Integer.parseInt(signal.group(1))))
            : OptionalInt.empty(),
        origin);
  }
}
