package ee.interlink.offload.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.journal.LocalJournal;
import ee.interlink.offload.lifecycle.Stage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StraysTest {
  private static final String ORIGIN = "0123456789abcdef";
  @TempDir Path state;
  private House house;
  private final PodUid uid = SamplePod.freshUid();

  @BeforeEach
  void build() {
    house = new House(new LocalJournal(), state);
    house.site.jobs.put(uid, new JobId("77"));
    seen(Optional.of(ORIGIN), JobState.RUNNING);
  }

  @Test
  void a_job_whose_pod_its_owner_has_no_more_is_cancelled_after_some_rounds() {
    house.owners.add((origin, pod) -> Optional.of(SamplePod.of(pod)));
    house.round();
    house.round();
    assertThat(house.journal.find(uid)).as("it may only be late").isEmpty();

    house.round();
    house.site.calls.clear();
    house.reconciler.reconcile(List.of(uid));

    assertThat(house.entry(uid).stage()).isEqualTo(Stage.CANCEL);
    assertThat(house.site.calls).containsExactly("find", "cancel 0");
  }

  @Test
  void a_job_that_its_owner_does_not_give_up_is_left_alone() {
    house.owners.add((origin, pod) -> Optional.empty());
    rounds(10);
    assertThat(house.journal.find(uid)).isEmpty();
  }

  @Test
  void a_job_without_an_origin_may_be_anybodys() {
    seen(Optional.empty(), JobState.RUNNING);
    house.owners.add((origin, pod) -> Optional.of(SamplePod.of(pod)));
    rounds(10);
    assertThat(house.journal.find(uid)).isEmpty();
  }

  @Test
  void a_job_that_has_ended_needs_no_end() {
    seen(Optional.of(ORIGIN), JobState.COMPLETED);
    house.owners.add((origin, pod) -> Optional.of(SamplePod.of(pod)));
    rounds(10);
    assertThat(house.journal.find(uid)).isEmpty();
  }

  @Test
  void each_account_has_rounds_of_its_own() {
    house.owners.add((origin, pod) -> Optional.of(SamplePod.of(pod)));
    PodUid anothers = SamplePod.freshUid();
    for (int i = 0; i < 3; i++) {
      house.strays.round(house.backend, new AccountName("alice"), List.of(job(uid)));
      house.strays.round(house.backend, new AccountName("bob"), List.of(job(anothers)));
    }
    assertThat(house.journal.find(uid)).isPresent();
    assertThat(house.journal.find(anothers)).isPresent();
  }

  @Test
  void a_round_that_tells_nothing_of_the_queue_takes_nothing_back() {
    house.owners.add((origin, pod) -> Optional.of(SamplePod.of(pod)));
    JobReport fromTheJob =
        new JobReport.ContainerStarted(
            SamplePod.freshUid(), new ContainerName("main"), 0, Instant.EPOCH);
    for (JobReport report : List.of(job(uid), job(uid), fromTheJob, job(uid))) {
      house.strays.round(house.backend, house.backend.account(), List.of(report));
    }
    assertThat(house.journal.find(uid)).isPresent();
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      house.round();
    }
  }

  private void seen(Optional<String> origin, JobState now) {
    house.site.toTell.clear();
    house.site.toTell.add(job(uid, origin, now));
  }

  private static JobReport job(PodUid pod) {
    return job(pod, Optional.of(ORIGIN), JobState.RUNNING);
  }

  private static JobReport job(PodUid pod, Optional<String> origin, JobState now) {
    return new JobReport.Scheduled(pod, new JobId("77"), now, "", OptionalInt.empty(), origin);
  }
}
