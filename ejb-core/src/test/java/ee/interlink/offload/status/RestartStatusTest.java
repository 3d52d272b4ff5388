package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.NOON;
import static ee.interlink.offload.status.Told.ended;
import static ee.interlink.offload.status.Told.facts;
import static ee.interlink.offload.status.Told.job;
import static ee.interlink.offload.status.Told.runnerEnded;
import static ee.interlink.offload.status.Told.runnerTerminated;
import static ee.interlink.offload.status.Told.started;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RestartStatusTest {

  /**
   * Story: s1 is the start of the run after the first, e1=3 its end; R the runner's last word, T
   * the same of one that was told to end; else the scheduler's word. State and last state: r,
   * w:REASON or CODE:REASON.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "NEVER      | s0                         | Running   | r                  | -           | 0",
        "NEVER      | s0 e0=3                    | Running   | 3:Error            | -           | 0",
        "NEVER      | s0 e0=3 R                  | Failed    | 3:Error            | -           | 0",
        "NEVER      | s0 e0=0 R                  | Succeeded | 0:Completed        | -           | 0",
        "ON_FAILURE | s0                         | Running   | r                  | -           | 0",
        "ON_FAILURE | s0 e0=3                    | Running   | w:CrashLoopBackOff | 3:Error     | 0",
        "ON_FAILURE | s0 e0=3 s1                 | Running   | r                  | 3:Error     | 1",
        "ON_FAILURE | s0 e0=3 s1 e1=4            | Running   | w:CrashLoopBackOff | 4:Error     | 1",
        "ON_FAILURE | s0 e0=3 s1 e1=0            | Running   | 0:Completed        | 3:Error     | 1",
        "ON_FAILURE | s0 e0=3 s1 e1=0 R          | Succeeded | 0:Completed        | 3:Error     | 1",
        "ON_FAILURE | s0 e0=3 s1 e1=4 T          | Running   | 4:Error            | 3:Error     | 1",
        "ON_FAILURE | s0 e0=3 s1 e1=4 T LOST     | Failed    | 4:Error            | 3:Error     | 1",
        "ON_FAILURE | s0 e0=3 CANCELLED          | Failed    | 3:Error            | -           | 0",
        "ON_FAILURE | s0 e0=3 s1 TIMED_OUT       | Failed    | 143:DeadlineExceeded | 3:Error   | 1",
        "ON_FAILURE | s0 e0=3 s1 LOST            | Failed    | 137:NodeLost       | 3:Error     | 1",
        "ALWAYS     | s0                         | Running   | r                  | -           | 0",
        "ALWAYS     | s0 e0=0                    | Running   | w:CrashLoopBackOff | 0:Completed | 0",
        "ALWAYS     | s0 e0=0 s1                 | Running   | r                  | 0:Completed | 1",
        "ALWAYS     | s0 e0=0 s1 e1=1            | Running   | w:CrashLoopBackOff | 1:Error     | 1",
        "ALWAYS     | s2 e1=5                    | Running   | r                  | 5:Error     | 2",
        "ALWAYS     | s0 e0=0 T CANCELLED        | Failed    | 0:Completed        | -           | 0",
        "ALWAYS     | s0 e0=0 s1 e1=143 T        | Running   | 143:Error          | 0:Completed | 1",
        "ALWAYS     | s0 e0=0 s1 e1=143 T FAILED | Failed    | 143:Error          | 0:Completed | 1",
        "ALWAYS     | s0 e0=0 CANCELLED          | Failed    | 0:Completed        | -           | 0",
        "ALWAYS     | s0 e0=0 COMPLETED          | Failed    | 0:Completed        | -           | 0",
        "ALWAYS     | s0 e0=0 s1 LOST            | Failed    | 137:NodeLost       | 0:Completed | 1",
        "ALWAYS     | s0 e0=143 REQUEUED         | Running   | w:JobQueued        | 143:Error   | 0",
        "ALWAYS     | s0 REQUEUED               | Running   | w:JobQueued        | 137:NodeLost | 0",
        "ALWAYS     | s0 e0=0 s1 REQUEUED       | Running   | w:JobQueued        | 137:NodeLost | 1",
        "ON_FAILURE | s0 e0=0 REQUEUED          | Running   | 0:Completed        | -           | 0",
        "ALWAYS     | s0 e0=0 UNKNOWN            | Running   | w:CrashLoopBackOff | 0:Completed | 0",
      })
  void one_containers_story_has_this_status(
      RestartPolicy policy, String story, String phase, String state, String last, int restarts) {
    PodStatus status = new Case(policy, reports(story)).status();
    ContainerStatus main = status.getContainerStatuses().get(0);
    assertThat(status.getPhase()).isEqualTo(phase);
    assertThat(shown(main.getState())).isEqualTo(state);
    assertThat(main.getLastState() == null ? null : shown(main.getLastState())).isEqualTo(last);
    assertThat(main.getRestartCount()).isEqualTo(restarts);
    assertThat(main.getReady()).isEqualTo(state.equals("r"));
    assertThat(main.getStarted()).isEqualTo(state.equals("r"));
  }

  @Test
  void back_off_is_said_as_the_kubelet_says_it() {
    PodStatus status = new Case(RestartPolicy.ALWAYS, reports("s0 e0=1")).status();
    ContainerState state = status.getContainerStatuses().get(0).getState();
    assertThat(state.getWaiting().getMessage()).isEqualTo("back-off restarting failed container");
  }

  @Test
  void nothing_waits_for_a_next_run_in_a_pod_that_is_being_deleted() {
    PodStatus status =
        status(pod(RestartPolicy.ALWAYS), Stage.ACTIVE, facts(ended("main", 0)), Optional.of(NOON));
    ContainerStatus main = status.getContainerStatuses().get(0);
    assertThat(shown(main.getState())).isEqualTo("0:Completed");
    assertThat(status.getPhase()).isEqualTo("Running");
  }

  @ParameterizedTest
  @EnumSource(names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  void a_failed_init_container_is_started_again(RestartPolicy policy) {
    Pod pod = pod(policy, "init");
    PodFacts failed = facts(job(JobState.RUNNING), started("init"), ended("init", 3));
    PodStatus status = status(pod, Stage.ACTIVE, failed, Optional.empty());
    assertThat(status.getPhase()).isEqualTo("Pending");
    assertThat(shown(status.getInitContainerStatuses().get(0).getState()))
        .isEqualTo("w:CrashLoopBackOff");
    assertThat(shown(status.getContainerStatuses().get(0).getState()))
        .isEqualTo("w:PodInitializing");
    PodFacts done = failed.with(ended("init", 1, 0), NOON).with(started("main"), NOON);
    status = status(pod, Stage.ACTIVE, done, Optional.empty());
    assertThat(status.getPhase()).isEqualTo("Running");
    ContainerStatus init = status.getInitContainerStatuses().get(0);
    assertThat(shown(init.getState())).as("also with Always").isEqualTo("0:Completed");
    assertThat(shown(init.getLastState())).isEqualTo("3:Error");
    assertThat(init.getReady()).isTrue();
  }

  @Test
  void a_container_has_an_id_once_it_has_started() {
    PodStatus before = new Case(RestartPolicy.ALWAYS, reports("QUEUED")).status();
    assertThat(before.getContainerStatuses().get(0).getContainerID()).isNull();
    assertThat(before.getContainerStatuses().get(0).getImageID()).isEmpty();
    for (String story : List.of("s0", "s0 e0=0", "s0 e0=0 s1", "s0 e0=0 T")) {
      PodStatus status = new Case(RestartPolicy.ALWAYS, reports(story)).status();
      ContainerStatus main = status.getContainerStatuses().get(0);
      assertThat(main.getContainerID()).isEqualTo("interlink://17/main");
      assertThat(main.getImageID()).isEqualTo("busybox");
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_story_of_two_runs_keeps_the_rules(RestartPolicy policy) {
    assertThat(everything(policy))
        .hasSize(180)
        .allSatisfy(
            each -> {
              PodStatus status = each.status();
              ContainerStatus main = status.getContainerStatuses().get(0);
              PodFacts facts = each.facts();
              boolean seenThrough =
                  facts.runnerEndedAt() != null
                      && !facts.terminated()
                      && facts.facts("main").isOver();
              boolean over = facts.jobOver() || seenThrough;
              boolean succeeded = status.getPhase().equals("Succeeded");
              assertThat(List.of("Succeeded", "Failed").contains(status.getPhase()))
                  .isEqualTo(over);
              assertThat(succeeded && policy == RestartPolicy.ALWAYS).isFalse();
              assertThat(succeeded && !facts.facts("main").succeeded()).isFalse();
              ContainerState in = main.getState();
              assertThat(Stream.of(in.getWaiting(), in.getRunning(), in.getTerminated()))
                  .filteredOn(state -> state != null)
                  .hasSize(1);
              assertThat(in.getTerminated() != null || !over).isTrue();
              if (in.getWaiting() != null) {
                assertThat(policy).isNotEqualTo(RestartPolicy.NEVER);
                assertThat(main.getLastState().getTerminated()).isNotNull();
              }
              assertThat(main.getReady()).isEqualTo(in.getRunning() != null);
            });
  }

  private record Case(RestartPolicy policy, List<JobReport> reports) {
    PodFacts facts() {
      return Told.facts(reports.toArray(JobReport[]::new));
    }

    /** A minute later, where the reconciler has it by then. */
    PodStatus status() {
      PodFacts facts = facts();
      Stage stage = facts.closed(NOON.plusSeconds(60)) ? Stage.ENDED : Stage.ACTIVE;
      return RestartStatusTest.status(pod(policy), stage, facts, Optional.empty());
    }
  }

  private static List<Case> everything(RestartPolicy policy) {
    List<Case> cases = new ArrayList<>();
    for (String runs : List.of("s0", "s0 e0=0", "s0 e0=3", "s0 e0=3 s1", "s0 e0=3 s1 e1=0")) {
      for (String runner : List.of("", " R", " T")) {
        for (JobState state : JobState.values()) {
          cases.add(new Case(policy, reports(runs + runner + " " + state)));
        }
      }
    }
    return cases;
  }

  private static List<JobReport> reports(String story) {
    List<JobReport> reports = new ArrayList<>();
    int restarts = story.contains("s1") ? 1 : 0;
    for (String word : story.split(" ", -1)) {
      if (word.matches("s[0-9]")) {
        reports.add(started("main", word.charAt(1) - '0'));
      } else if (word.matches("e[0-9]=[0-9]+")) {
        reports.add(ended("main", word.charAt(1) - '0', Integer.parseInt(word.substring(3))));
      } else if (word.equals("R")) {
        reports.add(runnerEnded(restarts));
      } else if (word.equals("T")) {
        reports.add(runnerTerminated(restarts));
      } else {
        reports.add(job(JobState.valueOf(word)));
      }
    }
    return reports;
  }

  private static Pod pod(RestartPolicy policy, String... init) {
    Pod pod = SamplePod.of(Told.POD, List.of(init), List.of("main"));
    pod.getSpec().setRestartPolicy(Told.word(policy));
    return pod;
  }

  private static PodStatus status(
      Pod pod, Stage stage, PodFacts facts, Optional<Instant> deleteAsked) {
    return PodStatusRule.derive(
        new PodView(pod, stage, Optional.of("17"), "", facts, NOON, deleteAsked),
        NOON.plusSeconds(60));
  }

  private static String shown(ContainerState state) {
    if (state.getRunning() != null) {
      return "r";
    }
    ContainerStateTerminated end = state.getTerminated();
    return end == null
        ? "w:" + state.getWaiting().getReason()
        : end.getExitCode() + ":" + end.getReason();
  }
}
