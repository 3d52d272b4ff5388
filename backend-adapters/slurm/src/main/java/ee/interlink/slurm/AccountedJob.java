package ee.interlink.slurm;

import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job as sacct remembers it.
 *
 * @param words the state, perhaps with more after it: {@code CANCELLED by 1000}
 * @param code of the batch script; 128 + n after signal n
 */
record AccountedJob(JobRef ref, String words, int code) {
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,18})\u001f([a-z0-9][a-z0-9-]{0,63})\u001f([A-Z_]+[^\u001f]*)\u001f"
              + "([0-9]{1,3}):([0-9]{1,3})");
  private static final int BY_SIGNAL = 128;

  static Optional<AccountedJob> parse(String line) {
    Matcher parts = FORM.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int signal = Integer.parseInt(parts.group(5));
    int code = signal == 0 ? Integer.parseInt(parts.group(4)) : bySignal(signal);
    JobRef ref = new JobRef(new PodUid(parts.group(2)), new JobId(parts.group(1)));
    return Optional.of(new AccountedJob(ref, parts.group(3).strip(), code));
  }

  /** The exit code of what has died of this signal. */
  static int bySignal(int signal) {
    return BY_SIGNAL + signal;
  }

  JobReport.Scheduled report() {
    String state = words.split(" ", 2)[0];
    JobState meaning = SlurmState.meaning(state);
    String by = words.substring(state.length()).strip();
    if (!meaning.ended()) {
      // Accounting may lag behind, or never have heard of the end.
      return new JobReport.Scheduled(
          ref.pod(),
          ref.job(),
          JobState.UNKNOWN,
          "not in the queue; accounting says " + SlurmState.words(state, by),
          OptionalInt.empty());
    }
    return new JobReport.Scheduled(
        ref.pod(), ref.job(), meaning, SlurmState.words(state, by), OptionalInt.of(code));
  }
}
