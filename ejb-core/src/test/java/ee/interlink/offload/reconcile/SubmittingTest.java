package ee.interlink.offload.reconcile;

import static ee.interlink.offload.reconcile.House.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.journal.LocalJournal;
import ee.interlink.offload.lifecycle.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmittingTest {
  @TempDir Path state;
  private LocalJournal journal;
  private House house;

  @BeforeEach
  void build() {
    journal = new LocalJournal();
    house = new House(journal, state);
  }

  @Test
  void a_fresh_intent_is_submitted_without_asking() throws Exception {
    PodUid uid = house.accept();
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).containsExactly("submit");
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.ACTIVE);
    assertThat(house.entry(uid).job()).contains(house.site.jobs.get(uid));
    assertThat(house.staging.find(uid)).as("secrets are not kept longer").isEmpty();
  }

  @Test
  void an_intent_of_an_earlier_process_asks_first() throws Exception {
    PodUid uid = house.accept();
    house.restart(uid);
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).containsExactly("find", "submit");
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.ACTIVE);
  }

  @Test
  void a_job_that_is_there_already_is_taken_over() throws Exception {
    PodUid uid = house.accept();
    house.site.jobs.put(uid, new JobId("77"));
    house.restart(uid);
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).containsExactly("find");
    assertThat(house.entry(uid).job()).contains(new JobId("77"));
  }

  @Test
  void a_submission_whose_answer_was_lost_is_one_job() throws Exception {
    PodUid uid = house.accept();
    house.site.lostAnswer = new BackendUnavailableException("connection reset");
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.SUBMIT);
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).containsExactly("submit", "find");
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.ACTIVE);
    assertThat(house.site.jobs).hasSize(1);
  }

  @Test
  void a_pod_in_work_again_and_again_is_submitted_once() throws Exception {
    PodUid uid = house.accept();
    for (int i = 0; i < 5; i++) {
      house.reconciler.reconcile(List.of(uid));
    }
    assertThat(house.site.calls).containsExactly("submit");
  }

  @Test
  void pods_looked_at_together_are_submitted_together_and_those_to_ask_for_first_apart()
      throws Exception {
    PodUid fresh = house.accept();
    PodUid old = house.accept();
    PodUid found = house.accept();
    PodUid alsoFresh = house.accept();
    house.restart(old);
    house.restart(found);
    house.site.jobs.put(found, new JobId("77"));
    house.reconciler.reconcile(List.of(fresh, old, found, alsoFresh));
    assertThat(house.site.calls).containsExactly("submit 2", "find", "find", "submit");
    for (PodUid uid : List.of(fresh, old, found, alsoFresh)) {
      assertThat(house.entry(uid).stage()).isEqualTo(Stage.ACTIVE);
      assertThat(house.entry(uid).job()).contains(house.site.jobs.get(uid));
    }
  }

  @Test
  void of_pods_submitted_together_each_has_its_own_fate() throws Exception {
    PodUid good = house.accept();
    PodUid bad = house.accept();
    PodUid late = house.accept();
    house.site.faults.put(bad, new JobRejectedException("Invalid qos specification"));
    house.site.faults.put(late, new BackendUnavailableException("MaxSubmitJob"));
    house.reconciler.reconcile(List.of(bad, late, good));
    assertThat(house.entry(good).stage()).isEqualTo(Stage.ACTIVE);
    assertThat(house.entry(bad).stage()).isEqualTo(Stage.REFUSED);
    assertThat(house.entry(late).stage()).isEqualTo(Stage.SUBMIT);
    assertThat(house.entry(late).fault()).isEqualTo("MaxSubmitJob");
    assertThat(house.staging.find(late)).isPresent();
  }

  @Test
  void a_rejected_job_is_refused_for_good_in_the_backends_words() throws Exception {
    PodUid uid = house.accept();
    house.site.fault = new JobRejectedException("Invalid qos specification");
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.REFUSED);
    assertThat(house.entry(uid).fault()).isEqualTo("Invalid qos specification");
    assertThat(house.live.find(uid)).isEmpty();
    assertThat(house.staging.find(uid)).isEmpty();
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).containsExactly("submit");
  }

  @Test
  void a_backend_that_is_away_is_asked_later_and_the_pod_says_why() throws Exception {
    PodUid uid = house.accept();
    house.site.fault = new BackendUnavailableException("connection refused");
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.SUBMIT);
    assertThat(house.entry(uid).fault()).isEqualTo("connection refused");
    assertThat(journal.due(NOON, 10)).isEmpty();
    assertThat(journal.due(NOON.plusSeconds(2), 10)).hasSize(1);
    assertThat(house.staging.find(uid)).isPresent();
    assertThat(house.live.heldBack(house.backend.name())).containsExactly(uid);
  }

  @Test
  void an_account_that_is_not_let_in_waits_for_its_administrator() throws Exception {
    PodUid uid = house.accept();
    house.site.fault = new NotAuthorisedException("alice is not let in");
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.SUBMIT);
    house.site.fault = null;
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.ACTIVE);
    assertThat(house.entry(uid).fault()).isEmpty();
  }

  @Test
  void a_pod_whose_content_was_lost_is_refused_and_not_half_submitted() throws Exception {
    PodUid uid = house.accept();
    house.staging.forget(uid);
    house.restart(uid);
    house.reconciler.reconcile(List.of(uid));
    assertThat(house.site.calls).containsExactly("find");
    assertThat(house.entry(uid).stage()).isEqualTo(Stage.REFUSED);
  }

  @Test
  void whoever_waits_for_the_decision_is_told() throws Exception {
    PodUid uid = house.accept();
    house.reconciler.reconcile(List.of(uid));
    long before = System.nanoTime();
    house.intake.awaitSubmission(uid, Duration.ofMinutes(1));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
  }
}
