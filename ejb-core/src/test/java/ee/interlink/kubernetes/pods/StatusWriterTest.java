package ee.interlink.kubernetes.pods;

import static ee.interlink.kubernetes.pods.NodeHouse.NOON;
import static ee.interlink.kubernetes.pods.NodeHouse.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.status.PodFacts;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Two that tell of the same pod at once, and one that cannot. */
class StatusWriterTest {
  private final NodeHouse house = new NodeHouse();
  private final PodUid uid = SamplePod.freshUid();

  private PodFacts running() {
    return PodFacts.NONE
        .with(
            new JobReport.Scheduled(
                uid, new JobId("17"), JobState.RUNNING, "", OptionalInt.empty()),
            NOON)
        .with(new JobReport.ContainerStarted(uid, new ContainerName("main"), 0, NOON), NOON);
  }

  /**
   * As after a start: the informer hears of a pod at the moment in which its job is seen to run.
   */
  @Test
  void the_last_word_is_the_newest_however_long_an_older_one_is_on_its_way() throws Exception {
    house.hear(pod(uid));
    house.pods.observed(uid, PodFacts.NONE);
    Thread teller = new Thread(() -> house.statuses.write(List.of(uid)));
    house.api.beforeNextWrite =
        () -> {
          house.pods.observed(uid, running());
          teller.start();
          // It must not get past us: until it waits, or has had its say, ours stays on its way.
          await()
              .until(
                  () ->
                      teller.getState() == Thread.State.BLOCKED
                          || teller.getState() == Thread.State.TERMINATED);
        };
    house.statuses.write(uid);
    teller.join();
    assertThat(house.api.written).extracting("phase").containsExactly("Pending", "Running");
  }

  @Test
  void what_could_not_be_told_for_a_reason_that_nobody_foresaw_is_told_later() {
    house.hear(pod(uid));
    house.pods.observed(uid, running());
    house.api.beforeNextWrite =
        () -> {
          throw new IllegalStateException("no connection to the database");
        };
    assertThatIllegalStateException().isThrownBy(() -> house.statuses.write(List.of(uid)));
    house.after(Duration.ofSeconds(2));
    assertThat(house.api.last().getPhase()).isEqualTo("Running");
  }
}
