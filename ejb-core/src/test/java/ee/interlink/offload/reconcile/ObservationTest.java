package ee.interlink.offload.reconcile;

import static ee.interlink.offload.reconcile.House.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.journal.LocalJournal;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.status.PodFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationTest {
  @TempDir Path state;
  private FragileJournal journal;
  private House house;

  /** A journal whose database goes away when told. */
  private static final class FragileJournal extends LocalJournal {
    private boolean away;

    @Override
    public void observed(Map<PodUid, PodFacts> facts) {
      if (away) {
        throw new IllegalStateException("the database is away");
      }
      super.observed(facts);
    }
  }

  @BeforeEach
  void build() {
    journal = new FragileJournal();
    house = new House(journal, state);
  }

  @Test
  void what_is_told_is_kept_and_known() throws Exception {
    PodUid uid = house.submit();
    house.site.toTell.add(scheduled(uid, JobState.RUNNING));
    house.round();
    assertThat(journal.facts(uid).job()).isEqualTo(JobState.RUNNING);
    assertThat(house.live.facts(uid)).contains(journal.facts(uid));
  }

  @Test
  void the_backend_may_forget_only_what_is_kept() throws Exception {
    PodUid uid = house.submit();
    house.site.toTell.add(new JobReport.ContainerStarted(uid, new ContainerName("main"), 0, NOON));
    journal.away = true;
    assertThatThrownBy(house::round).hasMessageContaining("away");
    assertThat(house.live.facts(uid)).contains(PodFacts.NONE);
    journal.away = false;
    house.round();
    house.round();
    assertThat(house.site.cursors)
        .containsExactly(ReportCursor.START, ReportCursor.START, new FakeSite.Round(1));
    assertThat(journal.facts(uid).containers()).containsKey("main");
  }

  @Test
  void a_job_that_speaks_before_its_submission_is_answered_is_heard() throws Exception {
    PodUid uid = house.accept();
    house.site.toTell.add(new JobReport.ContainerStarted(uid, new ContainerName("main"), 0, NOON));
    house.round();
    house.site.toTell.clear();
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.ACTIVE);
    assertThat(house.live.facts(uid).orElseThrow().containers()).containsKey("main");
    assertThat(journal.facts(uid).containers()).containsKey("main");
  }

  @Test
  void a_report_about_a_pod_that_nobody_knows_is_passed_over() throws Exception {
    PodUid uid = house.submit();
    house.site.toTell.add(scheduled(SamplePod.freshUid(), JobState.RUNNING));
    house.site.toTell.add(scheduled(uid, JobState.RUNNING));
    house.round();
    assertThat(journal.facts(uid).job()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void however_many_jobs_there_is_one_question() throws Exception {
    for (int i = 0; i < 30; i++) {
      house.submit();
    }
    house.round();
    assertThat(house.site.calls).containsExactly("report");
  }

  @Test
  void a_job_that_is_over_is_looked_at_until_it_is_closed() throws Exception {
    PodUid uid = house.submit();
    house.queued.clear();
    house.site.toTell.add(scheduled(uid, JobState.FAILED));
    house.round();
    assertThat(house.queued).containsExactly(uid);
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage())
        .as("its last words are waited for")
        .isEqualTo(Stage.ACTIVE);
    house.at(NOON.plusSeconds(4));
    house.round();
    assertThat(house.queued).containsExactly(uid, uid);
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.ENDED);
  }

  @Test
  void a_pod_beyond_a_deadline_that_came_later_is_cancelled_and_stays() throws Exception {
    PodUid uid = house.submit();
    house.queued.clear();
    house.deadlines.set(uid, NOON.plusSeconds(60));
    house.at(NOON.plusSeconds(59));
    house.round();
    assertThat(house.queued).isEmpty();
    house.at(NOON.plusSeconds(60));
    house.round();
    house.round();
    assertThat(house.queued).containsExactly(uid);
    assertThat(journal.facts(uid).overdueAt()).isEqualTo(NOON.plusSeconds(60).toEpochMilli());
    house.site.calls.clear();
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).containsExactly("cancel 30");
    assertThat(journal.due(NOON.plusSeconds(65), 10)).as("it is repeated").hasSize(1);
    house.site.toTell.add(scheduled(uid, JobState.CANCELLED));
    house.round();
    house.at(NOON.plusSeconds(70));
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.ENDED);
    assertThat(house.site.calls).doesNotContain("discard");
  }

  @Test
  void a_deadline_of_which_a_crash_has_kept_only_that_it_is_over_is_acted_on() throws Exception {
    PodUid uid = house.submit();
    journal.observed(Map.of(uid, PodFacts.NONE.overdue(NOON)));
    house.restart(uid);
    house.queued.clear();
    house.deadlines.set(uid, NOON);
    house.round();
    assertThat(house.queued).containsExactly(uid);
  }

  @Test
  void a_deadline_is_nothing_to_a_pod_that_has_come_to_its_end() throws Exception {
    PodUid uid = house.submit();
    house.deadlines.set(uid, NOON);
    house.site.toTell.add(new JobReport.RunnerEnded(uid, 0, NOON, false));
    house.round();
    assertThat(journal.facts(uid).overdueAt()).isNull();
  }

  @Test
  void an_outage_fails_no_pod_and_is_the_backends_health() throws Exception {
    PodUid uid = house.submit();
    house.site.fault = new BackendUnavailableException("slurmctld does not answer");
    house.round();
    assertThat(house.health.of(house.backend.name()).healthy()).isFalse();
    assertThat(house.health.of(house.backend.name()).reason())
        .isEqualTo("slurmctld does not answer");
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.ACTIVE);
    house.site.fault = null;
    house.round();
    assertThat(house.health.of(house.backend.name()).healthy()).isTrue();
  }

  @Test
  void a_scheduler_that_is_silent_while_its_site_answers_is_an_outage_too() throws Exception {
    PodUid uid = house.submit();
    house.site.outage = Optional.of("squeue: Unable to contact slurm controller");
    house.site.toTell.add(new JobReport.ContainerStarted(uid, new ContainerName("main"), 0, NOON));
    house.round();
    assertThat(house.health.of(house.backend.name()).healthy()).isFalse();
    assertThat(journal.facts(uid).containers()).as("what the site tells counts").isNotEmpty();
  }

  @Test
  void pods_held_back_by_an_outage_go_on_as_soon_as_it_is_over() throws Exception {
    PodUid uid = house.accept();
    house.site.fault = new BackendUnavailableException("away");
    house.reconciler.reconcile(List.of(uid));
    house.round();
    house.queued.clear();
    house.site.fault = null;
    house.round();
    assertThat(house.queued).containsExactly(uid);
  }

  private static JobReport scheduled(PodUid uid, JobState state) {
    return new JobReport.Scheduled(uid, new JobId("1"), state, state.name(), OptionalInt.empty());
  }
}
