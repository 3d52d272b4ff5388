package ee.interlink.site.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.ReportCursor;
import ee.interlink.site.jobs.Questions.Ended;
import ee.interlink.site.jobs.Questions.Round;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A round of questions to a service and to the folders of its jobs. */
class ByServiceTest extends OnPlainService {
  private static final String STARTED = "uid-1,started,main,0,0,1700000000000";
  private static final SiteCursor BEGIN = SiteCursor.of(ReportCursor.START);

  private ByService questions(String... more) throws Exception {
    SiteSettings settings = settings(more);
    Folders folders = new Folders(new Site(shell, settings, service), settings, service);
    return new ByService(folders, settings, service);
  }

  @Test
  void the_queue_is_asked_before_the_spool() throws Exception {
    service.known.put(JOB, JobState.RUNNING);
    write("spool/" + STARTED, "");
    Round round = questions().round(true, List.of(JOB), BEGIN);
    assertThat(asked).containsExactly("queue after -1", "REPORT");
    assertThat(round.word().orElseThrow().jobs())
        .extracting(JobReport.Scheduled::state)
        .containsExactly(JobState.RUNNING);
    assertThat(round.spool().reports())
        .containsExactly(
            new JobReport.ContainerStarted(
                JOB.pod(), new ContainerName("main"), 0, Instant.ofEpochMilli(1_700_000_000_000L)));
  }

  @Test
  void between_two_questions_to_the_queue_the_spool_alone_is_read() throws Exception {
    Round round = questions().round(false, List.of(JOB), BEGIN);
    assertThat(asked).containsExactly("REPORT");
    assertThat(round.word()).isEmpty();
  }

  @Test
  void the_spool_is_read_while_the_service_is_out() throws Exception {
    service.outage = Optional.of("no route");
    write("spool/" + STARTED, "");
    Round round = questions().round(true, List.of(JOB), BEGIN);
    assertThat(round.word().orElseThrow().outage()).contains("no route");
    assertThat(round.spool().entries()).hasSize(1);
  }

  @Test
  void of_vanished_jobs_accounting_is_asked_and_then_their_files() throws Exception {
    service.known.put(JOB, JobState.COMPLETED);
    write("uid-2/state/ended", "3 1700000000000 0 0\n");
    Ended ended = questions().ended(List.of(JOB, OTHER));
    assertThat(asked).containsExactly("accounted 2", "ENDED");
    assertThat(ended.accounted()).containsOnlyKeys(JOB);
    assertThat(ended.silence()).isEqualTo("not in accounting");
    assertThat(ended.files())
        .isEqualTo(Map.of(OTHER.pod(), Map.of("ended", "3 1700000000000 0 0\n")));
    assertThat(ended.news()).isEmpty();
  }

  @Test
  void accounting_that_does_not_answer_is_told_in_its_words_and_the_files_count() throws Exception {
    service.accountingOutage = Optional.of("slurmdbd is out");
    write("uid-2/state/ended", "3 1700000000000 0 0\n");
    Ended ended = questions().ended(List.of(JOB, OTHER));
    assertThat(ended.accounted()).isEmpty();
    assertThat(ended.silence()).isEqualTo("slurmdbd is out");
    assertThat(ended.files()).containsOnlyKeys(OTHER.pod());
  }

  @Test
  void a_site_without_accounting_is_not_asked_for_it() throws Exception {
    Ended ended = questions("accounting", "no").ended(List.of(JOB));
    assertThat(asked).containsExactly("ENDED");
    assertThat(ended.silence()).isEqualTo("no accounting");
  }
}
