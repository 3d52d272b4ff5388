package ee.interlink.offload.journal;

import static ee.interlink.offload.SamplePod.freshUid;
import static ee.interlink.offload.journal.SampleEntry.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.ImageState;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.status.CareFacts;
import ee.interlink.offload.status.ContainerFacts;
import ee.interlink.offload.status.ImageFacts;
import ee.interlink.offload.status.PodFacts;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journal promises, on any database that it may be kept in. */
abstract class JournalContract {
  private final PodUid uid = freshUid();
  private LocalJournal journal;

  /** May have rows of other tests: each test looks at pods of its own. */
  public abstract LocalJournal open();

  @BeforeEach
  void opened() {
    journal = open();
  }

  @Test
  void a_pod_accepted_twice_is_one_row_and_the_first_counts() {
    assertThat(journal.accept(SampleEntry.of(uid), NOON)).isTrue();
    assertThat(journal.accept(SampleEntry.of(uid, "other", "c", NOON), NOON)).isFalse();
    assertThat(journal.find(uid)).contains(SampleEntry.of(uid));
  }

  @Test
  void a_pod_that_is_not_there_is_not_found() {
    assertThat(journal.find(uid)).isEmpty();
    assertThat(journal.facts(uid)).isEqualTo(PodFacts.NONE);
    assertThat(journal.askDelete(uid, NOON, Duration.ZERO)).isFalse();
  }

  @Test
  void a_step_that_the_table_does_not_know_is_never_written() {
    accept();
    assertThatThrownBy(() -> journal.move(uid, Stage.SUBMIT, Stage.GONE, "", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SUBMIT");
    assertThat(stage()).isEqualTo(Stage.SUBMIT);
  }

  @Test
  void a_step_from_a_stage_that_has_passed_changes_nothing() {
    accept();
    assertThat(journal.submitted(Map.of(uid, new JobId("17")))).containsExactly(uid);
    assertThat(journal.submitted(Map.of(uid, new JobId("18")))).isEmpty();
    assertThat(journal.move(uid, Stage.SUBMIT, Stage.REFUSED, "no", null)).isFalse();
    journal.later(uid, Stage.SUBMIT, "late", NOON);
    PodEntry entry = journal.find(uid).orElseThrow();
    assertThat(entry.stage()).isEqualTo(Stage.ACTIVE);
    assertThat(entry.job()).contains(new JobId("17"));
    assertThat(entry.fault()).isEmpty();
  }

  @Test
  void of_two_that_move_at_once_one_wins() throws Exception {
    accept();
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      Callable<Boolean> submitted =
          () -> !journal.submitted(Map.of(uid, new JobId("17"))).isEmpty();
      Callable<Boolean> cancelled = () -> journal.move(uid, Stage.SUBMIT, Stage.CANCEL, "", NOON);
      int winners = 0;
      for (Future<Boolean> mover : two.invokeAll(List.of(submitted, cancelled))) {
        winners += mover.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      two.shutdownNow();
    }
  }

  @Test
  void the_first_wish_to_delete_counts_and_a_shorter_grace_shortens_it() {
    accept();
    Instant later = NOON.plusSeconds(20);
    assertThat(journal.askDelete(uid, NOON, Duration.ofSeconds(60))).isTrue();
    assertThat(journal.askDelete(uid, later, Duration.ofSeconds(10))).isTrue();
    assertThat(journal.askDelete(uid, later, Duration.ofSeconds(40))).isTrue();
    PodEntry entry = journal.find(uid).orElseThrow();
    assertThat(entry.deleteAsked()).contains(NOON);
    assertThat(entry.grace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(JournalQueriesContract.due(journal, later, 1000)).contains(uid);
  }

  @Test
  void a_wish_to_delete_that_came_meanwhile_stays_due() {
    accept();
    journal.askDelete(uid, NOON, Duration.ZERO);
    journal.submitted(Map.of(uid, new JobId("17")));
    assertThat(JournalQueriesContract.due(journal, NOON, 1000)).contains(uid);
    journal.move(uid, Stage.ACTIVE, Stage.ENDED, "", null);
    assertThat(JournalQueriesContract.due(journal, NOON, 1000)).contains(uid);
  }

  @Test
  void without_a_wish_to_delete_a_pod_rests() {
    accept();
    journal.submitted(Map.of(uid, new JobId("17")));
    assertThat(JournalQueriesContract.due(journal, NOON, 1000)).doesNotContain(uid);
  }

  @Test
  void of_many_recorded_at_once_those_that_are_known_stay_as_they_are() {
    accept();
    PodUid fresh = freshUid();
    assertThat(
            journal.accept(
                List.of(
                    SampleEntry.of(uid, "other", "c", NOON),
                    SampleEntry.of(fresh),
                    SampleEntry.of(fresh, "other", "c", NOON)),
                NOON))
        .containsExactly(fresh);
    assertThat(journal.find(List.of(fresh, uid)))
        .extracting(PodEntry::namespace)
        .containsExactly("default", "default");
  }

  @Test
  void a_pod_that_is_gone_leaves_no_row() {
    accept();
    journal.observed(Map.of(uid, PodFacts.NONE));
    journal.move(uid, Stage.SUBMIT, Stage.DISCARD, "", NOON);
    assertThat(journal.move(uid, Stage.DISCARD, Stage.GONE, "", null)).isTrue();
    assertThat(journal.everything()).doesNotContain(uid.value());
  }

  @Test
  void a_pod_that_is_not_yet_to_go_keeps_what_was_observed() {
    accept();
    PodFacts facts = facts("PENDING");
    journal.observed(Map.of(uid, facts));
    assertThat(journal.move(uid, Stage.DISCARD, Stage.GONE, "", null)).isFalse();
    assertThat(journal.facts(uid)).isEqualTo(facts);
  }

  @Test
  void a_job_that_was_found_is_recorded_for_its_cancellation() {
    accept();
    journal.move(uid, Stage.SUBMIT, Stage.CANCEL, "", NOON);
    journal.found(uid, new JobId("17"), NOON);
    assertThat(journal.find(uid).orElseThrow().job()).contains(new JobId("17"));
  }

  @Test
  void a_fault_of_any_length_is_kept_as_far_as_it_fits() {
    accept();
    journal.later(uid, Stage.SUBMIT, "ü".repeat(5000), NOON);
    assertThat(journal.find(uid).orElseThrow().fault()).hasSize(2000).endsWith("…");
  }

  @Test
  void no_value_of_a_variable_of_the_interlink_door_is_in_any_row() {
    Pod pod =
        SamplePod.with(
            uid,
            new ContainerBuilder()
                .withName("main")
                .addNewEnv()
                .withName("PASSWORD")
                .withValue("hunter2-" + uid)
                .endEnv()
                .build());
    PodEntry e = SampleEntry.of(uid);
    journal.accept(
        new PodEntry(
            uid,
            e.namespace(),
            e.name(),
            Door.INTERLINK,
            e.backend(),
            e.account(),
            e.stage(),
            e.job(),
            e.fault(),
            PodJson.writeWithoutValues(pod),
            e.acceptedAt(),
            e.deleteAsked(),
            e.grace()),
        NOON);
    assertThat(journal.everything()).contains("PASSWORD").doesNotContain("hunter2");
  }

  private void accept() {
    assertThat(journal.accept(SampleEntry.of(uid), NOON)).isTrue();
  }

  private Stage stage() {
    return journal.find(uid).orElseThrow().stage();
  }

  static PodFacts facts(String words) {
    return new PodFacts(
        JobState.RUNNING,
        words,
        null,
        null,
        1L,
        true,
        3,
        Map.of(
            "main",
            new ContainerFacts(
                3,
                1L,
                2L,
                137,
                "killed",
                true,
                new CareFacts(1L, true, 2L, JobReport.Trouble.LIVENESS, 2L, "no answer"),
                new ContainerFacts(2, 0L, 1L, 1, "", null, null, null))),
        Map.of("main", new ImageFacts(4, ImageState.PULL_FAILED, 5L, "refused")),
        "scratch",
        6L);
  }
}
