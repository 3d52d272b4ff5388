package ee.interlink.kubernetes.pods;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import ee.interlink.kubernetes.pods.PodEvents.Word;
import ee.interlink.kubernetes.pods.ToldStatus.Doing;
import ee.interlink.kubernetes.pods.ToldStatus.What;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.status.PodFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodStoryTest {
  private static final PodUid POD = SamplePod.freshUid();

  /** WHAT REASON CODE MESSAGE…; none for a container that nobody has spoken of. */
  private static ToldStatus told(String container) {
    if (container.equals("none")) {
      return ToldStatus.NOTHING;
    }
    String[] words = container.split(" ", 4);
    Doing doing =
        new Doing(
            What.valueOf(words[0]),
            words.length > 1 ? words[1] : "",
            words.length > 3 ? words[3] : "",
            words.length > 2 ? Integer.parseInt(words[2]) : 0,
            0);
    return new ToldStatus(1, "", "", Map.of("main", doing));
  }

  private static String text(List<Word> words) {
    return words.stream()
        .map(word -> word.type().word + " " + word.reason() + ": " + word.message())
        .collect(Collectors.joining(" | "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      emptyValue = "",
      value = {
        "none; WAITING Submitting; ''",
        "none; WAITING JobQueued; ''",
        "none; WAITING JobQueued 0 Priority; Normal Queued: The job waits: Priority",
        "none; WAITING ContainerCreating; ''",
        "WAITING JobQueued; WAITING JobQueued 0 Resources; Normal Queued: The job waits: Resources",
        "WAITING JobQueued; WAITING JobQueued; ''",
        "none; WAITING PodInitializing; ''",
        "none; WAITING PodInitializing 0 The job waits: Priority;"
            + " Normal Queued: The job waits: Priority",
        "WAITING Submitting; WAITING BackendUnavailable 0 refused; "
            + "Warning BackendUnavailable: refused",
        "RUNNING; WAITING JobUnknown 0 nobody; Warning JobUnknown: nobody",
        "TERMINATED Error 1; WAITING CrashLoopBackOff; "
            + "Warning BackOff: Back-off restarting failed container main",
        "WAITING JobQueued; RUNNING; Normal Started: Started container main",
        "RUNNING; RUNNING; ''",
        "RUNNING; TERMINATED Completed 0; "
            + "Normal Completed: Container main ended with exit code 0",
        "RUNNING; TERMINATED Error 3 oops; "
            + "Warning Failed: Container main ended with exit code 3: oops",
        "RUNNING; TERMINATED OOMKilled 137; "
            + "Warning OOMKilled: Container main ended with exit code 137",
        "none; TERMINATED Completed 0; Normal Started: Started container main"
            + " | Normal Completed: Container main ended with exit code 0",
        "WAITING JobQueued; TERMINATED Completed 0; Normal Started: Started container main"
            + " | Normal Completed: Container main ended with exit code 0",
        "WAITING JobQueued; TERMINATED JobRejected 1 no; "
            + "Warning JobRejected: Container main ended with exit code 1: no",
        "TERMINATED Completed 0; TERMINATED Completed 0; ''",
        "WAITING JobQueued; WAITING ContainerCreating 0 Pulling image \"i\"; "
            + "Normal Pulling: Pulling image \"i\"",
        "WAITING ContainerCreating 0 Pulling image \"i\"; RUNNING; "
            + "Normal Pulled: Pulled the image of container main"
            + " | Normal Started: Started container main",
        "WAITING ContainerCreating 0 Pulling image \"i\"; WAITING ErrImagePull 0 no i; "
            + "Warning Failed: no i",
        "WAITING ErrImagePull 0 no i; WAITING ImagePullBackOff 0 wait; Normal BackOff: wait",
        "WAITING ImagePullBackOff 0 wait; RUNNING; "
            + "Normal Pulled: Pulled the image of container main"
            + " | Normal Started: Started container main",
        "none; WAITING ErrImageNeverPull 0 no i; Warning ErrImageNeverPull: no i",
        "none; WAITING InvalidImageName 0 bad; Warning InspectFailed: bad",
      })
  void each_step_of_a_container_has_its_event(String before, String now, String words) {
    assertThat(text(PodStory.between(told(before), told(now), "b"))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LIVENESS; Warning Unhealthy: why",
        "READINESS; Warning Unhealthy: why",
        "STARTUP; Warning Unhealthy: why",
        "NOT_ALIVE; Warning Unhealthy: why"
            + " | Normal Killing: Container main failed liveness probe, will be restarted",
        "NOT_STARTED; Warning Unhealthy: why"
            + " | Normal Killing: Container main failed startup probe, will be restarted",
        "POST_START; Warning FailedPostStartHook: why | Normal Killing: FailedPostStartHook",
        "PRE_STOP; Warning FailedPreStopHook: why",
      })
  void what_a_container_is_ended_for_is_said_in_the_kubelets_words(
      JobReport.Trouble trouble, String words) {
    PodFacts facts = PodFacts.NONE.with(unhealthy(trouble), Instant.EPOCH);
    assertThat(text(PodStory.troubles(facts))).isEqualTo(words);
    PodFacts again =
        facts.with(
            new JobReport.ContainerStarted(POD, new ContainerName("main"), 1, Instant.EPOCH),
            Instant.EPOCH);
    assertThat(text(PodStory.troubles(again))).as("heard with the next run").isEqualTo(words);
  }

  private static JobReport unhealthy(JobReport.Trouble trouble) {
    return new JobReport.ContainerUnhealthy(
        POD, new ContainerName("main"), 0, trouble, Instant.EPOCH, "why");
  }

  @Test
  void each_container_that_runs_is_stopped_when_its_pod_is_to_end() {
    Doing running = new Doing(What.RUNNING, "", "", 0, 0);
    Doing over = new Doing(What.TERMINATED, "Completed", "", 0, 0);
    assertThat(
            text(
                PodStory.killing(
                    new ToldStatus(1, "", "", Map.of("b", running, "a", running, "c", over)))))
        .isEqualTo("Normal Killing: Stopping container a | Normal Killing: Stopping container b");
    assertThat(text(PodStory.killing(ToldStatus.NOTHING)))
        .isEqualTo("Normal Killing: Ending the job of the pod");
  }

  @Test
  void the_job_is_told_when_it_becomes_known_and_before_its_containers() {
    ToldStatus now =
        new ToldStatus(1, "", "17", Map.of("main", new Doing(What.RUNNING, "", "", 0, 0)));
    assertThat(text(PodStory.between(ToldStatus.NOTHING, now, "b")))
        .isEqualTo(
            "Normal Submitted: Job 17 of backend b | Normal Started: Started container main");
    assertThat(PodStory.between(now, now, "b")).isEmpty();
  }

  @Test
  void containers_come_in_order_of_name_and_are_named() {
    Doing running = new Doing(What.RUNNING, "", "", 0, 0);
    ToldStatus now = new ToldStatus(1, "", "", Map.of("b", running, "a", running));
    assertThat(PodStory.between(ToldStatus.NOTHING, now, ""))
        .extracting(Word::container)
        .containsExactly("a", "b");
  }
}
