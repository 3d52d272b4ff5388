package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobState;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Slurm's commands print is taken only in the agreed form. */
class AnswersTest {
  private static final String MARK = JobComment.mark("hpc");
  private static final String OURS = MARK + ",\"namespace\":\"default\"";

  @Test
  void only_our_own_jobs_of_the_queue_are_read() {
    assertThat(QueuedJob.parse(line("7", "uid-1", "PENDING", OURS, "Resources"), MARK))
        .hasValueSatisfying(
            job -> assertThat(job.report().words()).isEqualTo("PENDING (Resources)"));
    for (String line :
        List.of(
            line("8", "uid-1", "RUNNING", "(null)", "None"),
            line("9", "job", "RUNNING", "{\"interlink\":\"hpc2\"", "None"),
            line("10_[1-9]", "uid-2", "RUNNING", OURS, "None"),
            line("11", "u".repeat(66), "RUNNING", OURS, "None"),
            line("12", "uid-1", "", OURS, "None"),
            queued("13", "uid-1", "RUNNING", "-", "0:0", OURS, "None"),
            "torn")) {
      assertThat(QueuedJob.parse(line, MARK)).as(line).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING,       0, 0:0,   QUEUED",
    "PENDING,       1, 0:0,   REQUEUED",
    "REQUEUE_HOLD,  1, 0:0,   REQUEUED",
    "SPECIAL_EXIT,  2, 0:0,   REQUEUED",
    "RUNNING,       1, 0:0,   RUNNING",
    "COMPLETING,    1, 0:0,   ENDING",
    "CANCELLED,     1, 0:15,  CANCELLED",
    "FAILED,        0, 75:0,  FAILED",
    "FAILED,        1, 75:0,  LOST",
    "FAILED,        1, 19200, LOST",
    "FAILED,        1, 1:0,   FAILED",
  })
  void a_job_that_was_started_before_waits_again_or_is_lost(
      String state, String restarts, String code, JobState meaning) {
    String line = queued("7", "uid-1", state, restarts, code, OURS, "None");
    assertThat(QueuedJob.parse(line, MARK))
        .hasValueSatisfying(job -> assertThat(job.report().state()).isEqualTo(meaning));
  }

  @Test
  void the_queue_tells_the_signal_that_a_job_died_of() {
    assertThat(code("RaisedSignal:9(Killed)")).hasValue(137);
    assertThat(code("NonZeroExitCode")).isEmpty();
  }

  private static OptionalInt code(String reason) {
    return QueuedJob.parse(line("7", "uid-1", "FAILED", OURS, reason), MARK)
        .orElseThrow()
        .report()
        .exitCode();
  }

  @Test
  void accounting_gives_state_and_code() {
    AccountedJob killed = AccountedJob.parse("7\u001fuid-1\u001fFAILED\u001f0:9").orElseThrow();
    assertThat(killed.report().state()).isEqualTo(JobState.FAILED);
    assertThat(killed.report().exitCode()).hasValue(137);
    AccountedJob cancelled =
        AccountedJob.parse("7\u001fuid-1\u001fCANCELLED by 1000\u001f0:15").orElseThrow();
    assertThat(cancelled.report().state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancelled.report().words()).isEqualTo("CANCELLED (by 1000)");
    AccountedJob runaway = AccountedJob.parse("7\u001fuid-1\u001fRUNNING\u001f0:0").orElseThrow();
    assertThat(runaway.report().state()).isEqualTo(JobState.UNKNOWN);
    assertThat(AccountedJob.parse("7.batch\u001fuid-1\u001fFAILED\u001f0:9")).isEmpty();
    assertThat(AccountedJob.parse("")).isEmpty();
  }

  private static String line(String id, String name, String state, String comment, String reason) {
    return queued(id, name, state, "0", "0:0", comment, reason);
  }

  private static String queued(
      String id,
      String name,
      String state,
      String restarts,
      String code,
      String comment,
      String reason) {
    return String.format(
        Locale.ROOT,
        "%-20s%-66s%-40s%-12s%-12s%-400s%s",
        id,
        name,
        state,
        restarts,
        code,
        comment,
        reason);
  }
}
