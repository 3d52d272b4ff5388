package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.NOON;
import static ee.interlink.offload.status.Told.ended;
import static ee.interlink.offload.status.Told.facts;
import static ee.interlink.offload.status.Told.image;
import static ee.interlink.offload.status.Told.job;
import static ee.interlink.offload.status.Told.started;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ImageState;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a container is shown that waits for its image. */
class ImageStatusTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PULLING      | ContainerCreating | Pulling image \"busybox\"",
        "PULL_FAILED  | ErrImagePull      | Failed to pull image \"busybox\": no route",
        "BACKING_OFF  | ImagePullBackOff  | Back-off pulling image \"busybox\": no route",
        "NOT_PRESENT  | ErrImageNeverPull | "
            + "Container image \"busybox\" is not present with pull policy of Never",
        "INVALID_NAME | InvalidImageName  | No image can have the name \"busybox\": no route",
      })
  void it_waits_in_the_kubelets_words(ImageState state, String reason, String message) {
    PodStatus status = status(job(JobState.RUNNING), image("main", 0, state, "no route"));
    ContainerStateWaiting waiting = main(status).getState().getWaiting();
    assertThat(waiting.getReason()).isEqualTo(reason);
    assertThat(waiting.getMessage()).isEqualTo(message);
    assertThat(status.getPhase()).isEqualTo("Pending");
    assertThat(main(status).getContainerID()).isNull();
  }

  @Test
  void before_a_later_run_only_a_failure_is_said() {
    JobReport[] twice = {
      job(JobState.RUNNING), started("main"), ended("main", 3), pulling(1), failed(1)
    };
    PodStatus status = status(twice);
    assertThat(main(status).getState().getWaiting().getReason()).isEqualTo("ErrImagePull");
    assertThat(main(status).getLastState().getTerminated().getExitCode()).isEqualTo(3);
    assertThat(main(status).getRestartCount()).isZero();
    assertThat(status.getPhase()).isEqualTo("Running");
    twice[4] = pulling(1);
    assertThat(main(status(twice)).getState().getWaiting().getReason())
        .isEqualTo("CrashLoopBackOff");
  }

  @Test
  void a_container_that_runs_or_has_run_is_not_waiting() {
    assertThat(main(status(failed(0), started("main"))).getState().getRunning()).isNotNull();
    assertThat(main(status(started("main"), ended("main", 0), failed(0))).getState().getWaiting())
        .as("before the next run")
        .extracting(ContainerStateWaiting::getReason)
        .isEqualTo("CrashLoopBackOff");
  }

  @Test
  void a_job_that_is_queued_again_waits_for_that() {
    PodStatus status = status(failed(0), job(JobState.REQUEUED));
    assertThat(main(status).getState().getWaiting().getReason()).isEqualTo("JobQueued");
  }

  @Test
  void the_last_word_counts_whatever_the_order_and_of_one_come_twice_the_one_with_words() {
    List<JobReport> heard =
        List.of(
            pulling(0),
            image("main", 0, ImageState.PULL_FAILED, ""),
            image("main", 0, ImageState.BACKING_OFF, ""),
            image("main", 0, ImageState.BACKING_OFF, "words"));
    PodFacts inOrder = facts(heard.toArray(JobReport[]::new));
    List<JobReport> backwards = new ArrayList<>(heard);
    Collections.reverse(backwards);
    assertThat(facts(backwards.toArray(JobReport[]::new))).isEqualTo(inOrder);
    assertThat(inOrder.images().get("main").message()).isEqualTo("words");
    assertThat(inOrder.with(heard.get(1), NOON)).isSameAs(inOrder);
  }

  private static JobReport pulling(int run) {
    return image("main", run, ImageState.PULLING, "");
  }

  private static JobReport failed(int run) {
    return image("main", run, ImageState.PULL_FAILED, "no route");
  }

  private static ContainerStatus main(PodStatus status) {
    return status.getContainerStatuses().get(0);
  }

  private static PodStatus status(JobReport... reports) {
    PodFacts known = PodFacts.NONE.with(job(JobState.RUNNING), NOON);
    for (JobReport report : reports) {
      known = known.with(report, NOON);
    }
    Pod pod = SamplePod.of(Told.POD, List.of(), List.of("main"));
    pod.getSpec().setRestartPolicy("Always");
    return PodStatusRule.derive(
        new PodView(pod, Stage.ACTIVE, Optional.of("17"), "", known, NOON, Optional.empty()),
        NOON.plusSeconds(60));
  }
}
