package ee.interlink.offload.reconcile;

import static ee.interlink.offload.reconcile.House.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.LocalJournal;
import ee.interlink.offload.lifecycle.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {
  private static final Duration GRACE = Duration.ofSeconds(10);
  @TempDir Path state;
  private LocalJournal journal;
  private House house;

  @BeforeEach
  void build() {
    journal = new LocalJournal();
    house = new House(journal, state);
  }

  @Test
  void a_pod_deleted_before_anybody_tried_it_never_becomes_a_job() throws Exception {
    PodUid uid = house.accept();
    house.delete(uid, GRACE, NOON);
    assertThat(house.site.calls).containsExactly("discard");
    assertThat(journal.find(uid)).isEmpty();
    assertThat(house.staging.find(uid)).isEmpty();
    assertThat(house.live.size()).isZero();
  }

  @Test
  void a_pod_whose_submission_may_have_come_through_is_looked_for_first() throws Exception {
    PodUid uid = house.accept();
    house.restart(uid);
    house.delete(uid, GRACE, NOON);
    assertThat(house.site.calls).containsExactly("find", "discard");
    assertThat(journal.find(uid)).isEmpty();
  }

  @Test
  void a_job_that_is_found_so_is_cancelled() throws Exception {
    PodUid uid = house.accept();
    house.site.jobs.put(uid, new JobId("77"));
    house.restart(uid);
    house.delete(uid, GRACE, NOON);
    assertThat(house.site.calls).containsExactly("find", "cancel 10");
    assertThat(house.entry(uid).job()).contains(new JobId("77"));
  }

  @Test
  void a_running_pod_is_cancelled_until_the_backend_confirms_its_end() throws Exception {
    PodUid uid = house.submit();
    house.delete(uid, GRACE, NOON);
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.CANCEL);
    house.at(NOON.plusSeconds(5));
    house.reconciler.reconcile(List.of(uid));
    house.at(NOON.plusSeconds(60));
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).containsExactly("cancel 10", "cancel 5", "cancel 0");
    house.site.toTell.add(
        new JobReport.Scheduled(
            uid, house.site.jobs.get(uid), JobState.CANCELLED, "CANCELLED", OptionalInt.empty()));
    house.round();
    assertThat(house.queued).contains(uid);
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).endsWith("report", "discard");
    assertThat(journal.find(uid)).isEmpty();
  }

  @Test
  void pods_looked_at_together_are_cancelled_together_and_put_off_together_in_an_outage()
      throws Exception {
    PodUid one = house.submit();
    PodUid other = house.submit();
    house.site.calls.clear();
    house.at(NOON);
    house.intake.delete(house.entry(one), GRACE, NOON);
    house.intake.delete(house.entry(other), GRACE.plusSeconds(10), NOON);
    house.site.fault = new BackendUnavailableException("connection refused");
    house.reconciler.reconcile(List.of(one, other));
    assertThat(house.site.calls).containsOnly("cancel 10, 20");
    assertThat(house.entry(one).fault()).isEqualTo("connection refused");
    assertThat(house.entry(other).fault()).isEqualTo("connection refused");
    house.site.fault = null;
    house.reconciler.reconcile(List.of(one, other));
    assertThat(house.entry(one).fault()).isEmpty();
    assertThat(house.entry(other).fault()).isEmpty();
  }

  @Test
  void a_pod_is_not_gone_while_its_job_is_merely_unknown() throws Exception {
    PodUid uid = house.submit();
    house.delete(uid, GRACE, NOON);
    house.site.toTell.add(
        new JobReport.Scheduled(
            uid, house.site.jobs.get(uid), JobState.UNKNOWN, "", OptionalInt.empty()));
    house.round();
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.CANCEL);
  }

  @Test
  void the_last_cancel_leaves_time_for_a_hook_that_took_all_of_the_grace_period() {
    assertThat(Ending.pauseAfterCancel(Duration.ofSeconds(30))).hasSeconds(5);
    assertThat(Ending.pauseAfterCancel(Duration.ofSeconds(8))).hasSeconds(11);
    assertThat(Ending.pauseAfterCancel(Duration.ofSeconds(3))).hasSeconds(6);
    assertThat(Ending.pauseAfterCancel(Duration.ZERO)).hasSeconds(5);
  }

  @Test
  void a_cancel_that_did_not_reach_the_backend_is_repeated() throws Exception {
    PodUid uid = house.submit();
    house.site.fault = new BackendUnavailableException("connection refused");
    house.delete(uid, GRACE, NOON);
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.CANCEL);
    assertThat(house.entry(uid).fault()).isEqualTo("connection refused");
    assertThat(journal.due(NOON.plusSeconds(5), 10)).hasSize(1);
  }

  @Test
  void what_an_ended_job_left_is_removed_on_deletion_and_not_before() throws Exception {
    PodUid uid = house.submit();
    house.site.toTell.add(
        new JobReport.Scheduled(
            uid, house.site.jobs.get(uid), JobState.COMPLETED, "", OptionalInt.of(0)));
    house.site.toTell.add(new JobReport.RunnerEnded(uid, 0, NOON, false));
    house.round();
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.ENDED);
    assertThat(house.live.size()).isZero();
    assertThat(house.site.calls).containsExactly("report");
    house.delete(uid, GRACE, NOON);
    assertThat(house.site.calls).containsExactly("report", "discard");
    assertThat(journal.find(uid)).isEmpty();
  }

  @Test
  void a_running_job_is_told_to_end_before_others_are_cleared_away() throws Exception {
    PodUid over = house.submit();
    PodUid running = house.submit();
    house.site.toTell.add(
        new JobReport.Scheduled(
            over, house.site.jobs.get(over), JobState.COMPLETED, "", OptionalInt.of(0)));
    house.site.toTell.add(new JobReport.RunnerEnded(over, 0, NOON, false));
    house.round();
    house.site.calls.clear();
    for (PodUid uid : List.of(over, running)) {
      house.intake.delete(house.entry(uid), GRACE, NOON);
    }
    house.reconciler.reconcile(List.of(over, running));
    assertThat(house.site.calls).containsExactly("cancel 10", "discard");
  }

  @Test
  void a_site_that_cannot_be_cleaned_now_is_cleaned_later() throws Exception {
    PodUid uid = house.accept();
    house.site.fault = new BackendUnavailableException("connection refused");
    house.delete(uid, GRACE, NOON);
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.DISCARD);
    house.site.fault = null;
    house.reconciler.reconcile(List.of(uid));
    assertThat(journal.find(uid)).isEmpty();
  }

  @Test
  void of_a_pod_of_a_cluster_the_row_stays_until_the_cluster_has_been_told() throws Exception {
    PodUid uid = house.accept(Door.KUBERNETES);
    house.told.clear();

    house.delete(uid, Duration.ZERO, House.NOON);

    assertThat(house.entry(uid).stage()).isEqualTo(Stage.LEFT);
    assertThat(house.told).contains(uid);
    assertThat(house.journal.move(uid, Stage.LEFT, Stage.GONE, "", null)).isTrue();
    assertThat(house.journal.find(uid)).isEmpty();
  }
}
