package ee.interlink.site.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobId;
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
  private static final Scheduler SCHEDULER = new PlainScheduler();

  @Test
  void an_answer_of_the_queue_is_read_in_parts() throws Exception {
    Questions.Round round =
        round(
            said(
                """
                interlink report
                uid-1 7 QUEUED
                torn
                name
                \u001equeue 0
                uid-1,started,main,2,0,1700000000000
                rubbish
                \u001espool
                \u001eend
                """));
    QueueWord word = round.word().orElseThrow();
    assertThat(word.jobs()).hasSize(1);
    assertThat(word.jobs().get(0).job()).isEqualTo(new JobId("7"));
    assertThat(word.outage()).isEmpty();
    assertThat(round.spool().entries()).hasSize(1);
  }

  private static Questions.Round round(CommandResult result) throws BackendUnavailableException {
    return ByCommand.read(new Sections(result, "interlink report"), SCHEDULER, true);
  }

  @Test
  void an_answer_that_is_cut_off_counts_for_nothing() {
    String whole = "interlink report\n\u001equeue 0\n\u001espool\n\u001eend\n";
    for (int length = 0; length < whole.length() - 4; length++) {
      CommandResult part = said(whole.substring(0, length));
      assertThatThrownBy(() -> round(part)).isInstanceOf(BackendUnavailableException.class);
    }
  }

  @Test
  void a_banner_on_standard_output_is_quoted() {
    CommandResult banner = said("Welcome!\ninterlink report\n");
    assertThatThrownBy(() -> round(banner)).hasMessageContaining("'Welcome! interlink report'");
  }

  @Test
  void a_job_has_an_id_or_there_is_none() throws Exception {
    assertThat(JobAnswer.of(said("job 12\n"), SCHEDULER)).contains(new JobId("12"));
    assertThat(JobAnswer.of(said("job 12.0\n"), SCHEDULER)).contains(new JobId("12.0"));
    assertThat(JobAnswer.of(said("job \n"), SCHEDULER)).isEmpty();
    for (String garbage :
        new String[] {"", "job 12", "job -x\n", "job x y\n", "12\n", "job 1\njob 2\n"}) {
      assertThatThrownBy(() -> JobAnswer.of(said(garbage), SCHEDULER))
          .isInstanceOf(BackendUnavailableException.class);
    }
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

  @Test
  void an_answer_that_was_cut_off_is_no_answer_for_the_pods_behind_the_cut() throws Exception {
    String whole = "interlink submit\nuid-1\u001fjob\u001f7\n";
    List<PodUid> pods = List.of(new PodUid("uid-1"), new PodUid("uid-2"));
    Map<PodUid, SubmitOutcome> outcomes =
        SubmitAnswer.parse(
            new CommandResult(137, whole.getBytes(StandardCharsets.UTF_8), ""), pods, SCHEDULER);
    assertThat(outcomes.get(pods.get(0))).isEqualTo(new SubmitOutcome.Submitted(new JobId("7")));
    assertThatThrownBy(() -> Submit.job(outcomes.get(pods.get(1))))
        .isInstanceOf(BackendUnavailableException.class);
  }

  @Test
  void the_schedulers_own_words_count_more_than_the_sites() {
    CommandResult failure =
        new CommandResult(Exits.NO_ANSWER, new byte[0], "Welcome\nplain: away\nGood bye\n");
    assertThatThrownBy(() -> JobAnswer.of(failure, SCHEDULER))
        .hasMessage("Plain does not answer: away");
  }

  private static CommandResult said(String text) {
    return new CommandResult(0, text.getBytes(StandardCharsets.UTF_8), "a notice of the site");
  }
}
