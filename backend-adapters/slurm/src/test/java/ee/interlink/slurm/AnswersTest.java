package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobState;
import ee.interlink.batch.Memory;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Submit;
import ee.interlink.batch.SubmitOutcome;
import ee.interlink.site.CommandResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers of the site are taken only in the agreed form. */
class AnswersTest {
  private static final String MARK = JobComment.mark("hpc");
  private static final String OURS = MARK + ",\"namespace\":\"default\"";

  @Test
  void an_answer_of_the_queue_is_read_in_parts() throws Exception {
    QueueAnswer answer =
        QueueAnswer.parse(
            said(
                "interlink report\n"
                    + line("7", "uid-1", "PENDING", OURS, "Resources")
                    + line("8", "uid-1", "RUNNING", "(null)", "None")
                    + line("9", "job", "RUNNING", "{\"interlink\":\"hpc2\"", "None")
                    + line("10_[1-9]", "uid-2", "RUNNING", OURS, "None")
                    + "torn\nname\n"
                    + "\u001equeue 0\n"
                    + "uid-1,started,main,2,0,1700000000000\nrubbish\n"
                    + "\u001espool\n"
                    + "\u001eend\n"),
            MARK,
            true);
    assertThat(answer.jobs()).hasSize(1);
    assertThat(answer.jobs().get(0).report().words()).isEqualTo("PENDING (Resources)");
    assertThat(answer.spool()).hasSize(1);
    assertThat(answer.queueStatus()).contains(0);
  }

  @Test
  void an_answer_that_is_cut_off_counts_for_nothing() {
    String whole = "interlink report\n\u001equeue 0\n\u001espool\n\u001eend\n";
    for (int length = 0; length < whole.length() - 4; length++) {
      CommandResult part = said(whole.substring(0, length));
      assertThatThrownBy(() -> QueueAnswer.parse(part, MARK, true))
          .isInstanceOf(BackendUnavailableException.class);
    }
  }

  @Test
  void a_banner_on_standard_output_is_quoted() {
    assertThatThrownBy(() -> QueueAnswer.parse(said("Welcome!\ninterlink report\n"), MARK, true))
        .hasMessageContaining("'Welcome! interlink report'");
  }

  @Test
  void a_job_is_a_number_or_none() throws Exception {
    assertThat(JobAnswer.of(said("job 12\n"))).contains(new JobId("12"));
    assertThat(JobAnswer.of(said("job \n"))).isEmpty();
    for (String garbage : new String[] {"", "job 12", "job x\n", "12\n", "job 1\njob 2\n"}) {
      assertThatThrownBy(() -> JobAnswer.of(said(garbage)))
          .isInstanceOf(BackendUnavailableException.class);
    }
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

  @Test
  void a_node_counts_once_and_only_if_it_is_there() {
    String lines =
        """
        n1|64|256000|gpu:a100:4(S:0,1),shard:8|idle
        n1|64|256000|gpu:a100:4(S:0,1),shard:8|idle
        n2|64|256000|(null)|mix*
        n3|64|256000|gpu:8|drain
        n4|64|256000|gpu:8|down*
        """;
    assertThat(Nodes.sum(lines)).isEqualTo(new Capacity(128, Memory.ofMebibytes(512_000), 4));
  }

  @Test
  void a_log_may_hold_any_byte() throws Exception {
    byte[] answer = {'4', '2', '\n', 0, '\n', (byte) 0xff};
    assertThat(LogAnswer.parse(new CommandResult(0, answer, "")).offset()).isEqualTo(42);
    assertThat(LogAnswer.parse(new CommandResult(0, answer, "")).content())
        .containsExactly(0, '\n', 0xff);
    assertThatThrownBy(() -> LogAnswer.parse(said("x\n")))
        .isInstanceOf(BackendUnavailableException.class);
  }

  private static String line(String... fields) {
    return String.join("\u001f", fields) + "\n";
  }

  private static CommandResult said(String text) {
    return new CommandResult(0, text.getBytes(StandardCharsets.UTF_8), "a notice of the site");
  }

  @Test
  void an_answer_that_was_cut_off_is_no_answer_for_the_pods_behind_the_cut() throws Exception {
    String whole = "interlink submit\nuid-1\u001fjob\u001f7\n";
    List<PodUid> pods = List.of(new PodUid("uid-1"), new PodUid("uid-2"));
    Map<PodUid, SubmitOutcome> outcomes =
        SubmitAnswer.parse(
            new CommandResult(137, whole.getBytes(StandardCharsets.UTF_8), ""), pods);
    assertThat(outcomes.get(pods.get(0))).isEqualTo(new SubmitOutcome.Submitted(new JobId("7")));
    assertThatThrownBy(() -> Submit.job(outcomes.get(pods.get(1))))
        .isInstanceOf(BackendUnavailableException.class);
  }
}
