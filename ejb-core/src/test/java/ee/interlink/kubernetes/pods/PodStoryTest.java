package ee.interlink.kubernetes.pods;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.kubernetes.pods.PodEvents.Word;
import ee.interlink.kubernetes.pods.ToldStatus.Doing;
import ee.interlink.kubernetes.pods.ToldStatus.What;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodStoryTest {

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
