package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.NOON;
import static ee.interlink.offload.status.Told.ended;
import static ee.interlink.offload.status.Told.evicted;
import static ee.interlink.offload.status.Told.facts;
import static ee.interlink.offload.status.Told.job;
import static ee.interlink.offload.status.Told.runnerEnded;
import static ee.interlink.offload.status.Told.runnerTerminated;
import static ee.interlink.offload.status.Told.started;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodStatusWordsTest {

  @Test
  void a_queued_pod_waits_with_the_schedulers_own_words() {
    PodStatus status = active(facts(job(JobState.QUEUED, "PENDING (Resources)")));
    assertThat(waiting(status).getReason()).isEqualTo("JobQueued");
    assertThat(waiting(status).getMessage()).isEqualTo("PENDING (Resources)");
  }

  @Test
  void of_a_queued_pod_with_init_containers_all_wait_with_the_one_reason_that_clients_know() {
    PodStatus status = withInit(facts(job(JobState.QUEUED, "PENDING (Resources)")), NOON);
    assertThat(status.getInitContainerStatuses())
        .extracting(init -> init.getState().getWaiting().getReason())
        .containsExactly("PodInitializing");
    assertThat(waiting(status).getReason()).isEqualTo("PodInitializing");
    assertThat(waiting(status).getMessage()).isEqualTo("The job waits: PENDING (Resources)");
  }

  @Test
  void a_job_that_nobody_knows_is_said_to_be_unknown_and_stays_open() {
    PodStatus status = active(facts(job(JobState.UNKNOWN)));
    assertThat(status.getPhase()).isEqualTo("Pending");
    assertThat(waiting(status).getReason()).isEqualTo("JobUnknown");
    assertThat(status.getConditions())
        .anyMatch(
            c -> c.getType().equals("interlink.ee/JobKnown") && c.getStatus().equals("False"));
  }

  @Test
  void of_a_state_that_is_not_known_the_condition_has_the_drivers_words() {
    JobReport strange = job(JobState.UNKNOWN, "state TELEPORTED, which this version does not know");
    PodStatus status = active(facts(started("main"), strange));
    assertThat(status.getPhase()).isEqualTo("Running");
    assertThat(status.getConditions())
        .anySatisfy(
            condition ->
                assertThat(condition)
                    .returns("interlink.ee/JobKnown", PodCondition::getType)
                    .returns(
                        "state TELEPORTED, which this version does not know",
                        PodCondition::getMessage));
  }

  @Test
  void a_pod_whose_job_is_suspended_runs_and_has_a_condition_that_says_so() {
    PodStatus status = active(facts(started("main"), job(JobState.SUSPENDED, "SUSPENDED")));
    assertThat(status.getPhase()).isEqualTo("Running");
    assertThat(status.getContainerStatuses().get(0).getState().getRunning()).isNotNull();
    assertThat(status.getConditions())
        .anySatisfy(
            condition ->
                assertThat(condition)
                    .returns("interlink.ee/JobRunning", PodCondition::getType)
                    .returns("False", PodCondition::getStatus)
                    .returns("JobSuspended", PodCondition::getReason)
                    .returns("SUSPENDED", PodCondition::getMessage));
  }

  @Test
  void a_pod_that_an_outage_holds_back_waits_and_says_why() {
    PodStatus status = derive(PodFacts.NONE, Stage.SUBMIT, "connection refused");
    assertThat(status.getPhase()).isEqualTo("Pending");
    assertThat(waiting(status).getReason()).isEqualTo("BackendUnavailable");
    assertThat(waiting(status).getMessage()).isEqualTo("connection refused");
  }

  @Test
  void a_refused_pod_has_failed_with_the_schedulers_reason() {
    PodStatus status = derive(PodFacts.NONE, Stage.REFUSED, "Invalid qos specification");
    assertThat(status.getPhase()).isEqualTo("Failed");
    assertThat(status.getReason()).isEqualTo("JobRejected");
    assertThat(status.getMessage()).isEqualTo("Invalid qos specification");
    assertThat(terminated(status).getExitCode()).isNotZero();
  }

  @Test
  void a_cancelled_job_whose_container_exits_with_0_has_failed() {
    for (PodFacts cancelled :
        List.of(
            facts(started("main"), ended("main", 0), runnerTerminated(), job(JobState.COMPLETED)),
            facts(started("main"), ended("main", 0), job(JobState.CANCELLED)))) {
      PodStatus status = derive(cancelled, Stage.ENDED, "");
      assertThat(status.getPhase()).isEqualTo("Failed");
      assertThat(status.getReason()).isEqualTo("Cancelled");
      assertThat(terminated(status).getExitCode()).isZero();
    }
  }

  @Test
  void work_that_its_runner_saw_through_stays_done_when_the_job_is_cancelled_afterwards() {
    PodFacts done = facts(started("main"), ended("main", 0), runnerEnded());
    assertThat(derive(done, Stage.ACTIVE, "").getPhase()).isEqualTo("Succeeded");
    PodFacts cancelled =
        facts(started("main"), ended("main", 0), runnerEnded(), job(JobState.CANCELLED));
    assertThat(derive(cancelled, Stage.ENDED, "").getPhase()).isEqualTo("Succeeded");
  }

  @Test
  void a_pod_that_fills_a_volume_beyond_its_limit_is_evicted_in_the_kubelets_words() {
    Pod pod = SamplePod.of(Told.POD, List.of(), List.of("main"));
    pod.getSpec()
        .setVolumes(
            List.of(
                new VolumeBuilder()
                    .withName("scratch")
                    .withNewEmptyDir()
                    .withSizeLimit(new Quantity("1Mi"))
                    .endEmptyDir()
                    .build()));
    for (PodFacts evicted :
        List.of(
            facts(started("main"), evicted("scratch"), ended("main", 0), runnerTerminated()),
            facts(started("main"), ended("main", 143), runnerTerminated(), evicted("scratch")),
            facts(started("main"), evicted("scratch"), job(JobState.FAILED, 143)))) {
      PodStatus status =
          PodStatusRule.derive(
              new PodView(pod, Stage.ENDED, Optional.of("17"), "", evicted, NOON, Optional.empty()),
              NOON.plusSeconds(60));
      assertThat(status.getPhase()).isEqualTo("Failed");
      assertThat(status.getReason()).isEqualTo("Evicted");
      assertThat(status.getMessage())
          .isEqualTo("Usage of EmptyDir volume \"scratch\" exceeds the limit \"1Mi\". ");
    }
  }

  @Test
  void a_container_that_the_scheduler_killed_has_its_words() {
    PodStatus status =
        derive(
            facts(started("main"), job(JobState.OUT_OF_MEMORY, "OUT_OF_MEMORY")), Stage.ENDED, "");
    assertThat(terminated(status).getReason()).isEqualTo("OOMKilled");
    assertThat(terminated(status).getExitCode()).isEqualTo(137);
    assertThat(terminated(status).getMessage()).contains("OUT_OF_MEMORY");
    assertThat(status.getReason()).isEqualTo("OOMKilled");
  }

  @Test
  void of_a_deleted_pod_the_last_word_is_said_once_nothing_is_left_that_could_tell_more() {
    PodFacts cancelled = facts(started("main"), job(JobState.CANCELLED));
    assertThat(atOnce(cancelled, Stage.DISCARD).getPhase()).isEqualTo("Running");
    PodStatus last = atOnce(cancelled, Stage.LEFT);
    assertThat(last.getPhase()).isEqualTo("Failed");
    assertThat(last.getReason()).isEqualTo("Cancelled");
    assertThat(atOnce(PodFacts.NONE, Stage.LEFT).getPhase())
        .as("one that never had a job")
        .isEqualTo("Pending");
  }

  @Test
  void why_a_pod_was_told_to_end_that_nobody_has_deleted_the_scheduler_says_and_is_waited_for() {
    JobReport[] told = {started("main"), ended("main", 143), runnerTerminated()};
    assertThat(active(facts(told)).getPhase()).isEqualTo("Running");
    PodFacts lost =
        facts(started("main"), ended("main", 143), runnerTerminated(), job(JobState.LOST));
    assertThat(active(lost).getReason()).isEqualTo("NodeLost");
    Pod pod = SamplePod.of(Told.POD, List.of(), List.of("main"));
    Optional<Instant> deleted = Optional.of(NOON);
    PodView view =
        new PodView(pod, Stage.CANCEL, Optional.of("17"), "", facts(told), NOON, deleted);
    assertThat(PodStatusRule.derive(view, NOON).getReason()).isEqualTo("Cancelled");
  }

  @Test
  void a_pod_that_was_ended_for_its_deadline_says_so_in_the_kubelets_words() {
    for (PodFacts overdue :
        List.of(
            overdue().with(ended("main", 143), NOON).with(runnerTerminated(), NOON),
            overdue().with(ended("main", 0), NOON).with(runnerTerminated(), NOON),
            overdue().with(job(JobState.CANCELLED), NOON),
            PodFacts.NONE.overdue(NOON).with(job(JobState.CANCELLED), NOON))) {
      PodStatus last = derive(overdue, Stage.ENDED, "");
      assertThat(last.getPhase()).isEqualTo("Failed");
      assertThat(last.getReason()).isEqualTo("DeadlineExceeded");
      assertThat(last.getMessage())
          .isEqualTo("Pod was active on the node longer than the specified deadline");
    }
  }

  @Test
  void a_pod_that_ended_by_itself_at_its_deadline_keeps_its_own_end() {
    PodFacts done = overdue().with(ended("main", 0), NOON).with(runnerEnded(), NOON);
    assertThat(active(done).getPhase()).isEqualTo("Succeeded");
  }

  private static PodFacts overdue() {
    return facts(started("main")).overdue(NOON);
  }

  @Test
  void a_container_that_could_not_be_started_says_so_and_why() {
    PodFacts facts =
        facts(
            new JobReport.ContainerEnded(
                Told.POD, new ContainerName("main"), 0, 128, NOON, "FATAL: no such command", true),
            runnerEnded());
    PodStatus status = derive(facts, Stage.ACTIVE, "");
    assertThat(status.getPhase()).isEqualTo("Failed");
    assertThat(terminated(status).getReason()).isEqualTo("StartError");
    assertThat(terminated(status).getExitCode()).isEqualTo(128);
    assertThat(terminated(status).getMessage()).isEqualTo("FATAL: no such command");
  }

  @Test
  void a_failed_job_gives_its_exit_code_to_a_container_that_left_none() {
    PodStatus status = derive(facts(job(JobState.FAILED, 126)), Stage.ENDED, "");
    assertThat(terminated(status).getExitCode()).isEqualTo(126);
    assertThat(terminated(status).getReason()).isEqualTo("Error");
    PodStatus zero = derive(facts(job(JobState.FAILED, 0)), Stage.ENDED, "");
    assertThat(terminated(zero).getExitCode()).isNotZero();
    assertThat(terminated(zero).getReason()).isEqualTo("JobFailed");
  }

  @Test
  void a_failed_init_container_ends_the_pod_before_the_scheduler_says_so() {
    PodFacts facts = facts(job(JobState.RUNNING), started("init"), ended("init", 9), runnerEnded());
    PodStatus status = withInit(facts, NOON.plusSeconds(3));
    assertThat(status.getPhase()).isEqualTo("Failed");
    assertThat(status.getInitContainerStatuses().get(0).getState().getTerminated().getExitCode())
        .isEqualTo(9);
    assertThat(status.getContainerStatuses().get(0).getState().getWaiting().getReason())
        .as("for ever, as the kubelet leaves it")
        .isEqualTo("PodInitializing");
  }

  @Test
  void a_container_behind_an_init_container_says_that_it_waits_for_it() {
    PodStatus status = withInit(facts(job(JobState.RUNNING), started("init")), NOON.plusSeconds(3));
    assertThat(status.getPhase()).isEqualTo("Pending");
    assertThat(waiting(status).getReason()).isEqualTo("PodInitializing");
    assertThat(status.getInitContainerStatuses().get(0).getState().getRunning()).isNotNull();
  }

  private static PodStatus withInit(PodFacts facts, Instant now) {
    Pod pod = SamplePod.of(Told.POD, List.of("init"), List.of("main"));
    return derive(pod, facts, Stage.ACTIVE, "", now);
  }

  private static PodStatus atOnce(PodFacts facts, Stage stage) {
    return derive(SamplePod.of(Told.POD), facts, stage, "", NOON);
  }

  private static PodStatus active(PodFacts facts) {
    return derive(facts, Stage.ACTIVE, "");
  }

  private static PodStatus derive(PodFacts facts, Stage stage, String fault) {
    return derive(SamplePod.of(Told.POD), facts, stage, fault, NOON.plusSeconds(60));
  }

  private static PodStatus derive(Pod pod, PodFacts facts, Stage stage, String fault, Instant now) {
    return PodStatusRule.derive(
        new PodView(pod, stage, Optional.of("17"), fault, facts, NOON, Optional.empty()), now);
  }

  private static ContainerStateWaiting waiting(PodStatus status) {
    return status.getContainerStatuses().get(0).getState().getWaiting();
  }

  private static ContainerStateTerminated terminated(PodStatus status) {
    return status.getContainerStatuses().get(0).getState().getTerminated();
  }
}
