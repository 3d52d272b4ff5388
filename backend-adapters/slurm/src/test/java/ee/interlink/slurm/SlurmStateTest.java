package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SlurmStateTest {
  /** Written out a second time, so that a slip in the table is seen. */
  @ParameterizedTest
  @CsvSource({
    "PENDING,QUEUED", "CONFIGURING,QUEUED", "POWER_UP_NODE,QUEUED", "REQUEUED,QUEUED",
    "REQUEUE_FED,QUEUED", "REQUEUE_HOLD,QUEUED", "SPECIAL_EXIT,QUEUED", "RESV_DEL_HOLD,QUEUED",
    "RUNNING,RUNNING", "RESIZING,RUNNING", "SIGNALING,RUNNING", "STOPPED,SUSPENDED",
    "SUSPENDED,SUSPENDED", "COMPLETING,ENDING", "STAGE_OUT,ENDING", "COMPLETED,COMPLETED",
    "FAILED,FAILED", "CANCELLED,CANCELLED", "TIMEOUT,TIMED_OUT", "DEADLINE,TIMED_OUT",
    "OUT_OF_MEMORY,OUT_OF_MEMORY", "BOOT_FAIL,LOST", "LAUNCH_FAILED,LOST", "NODE_FAIL,LOST",
    "PREEMPTED,LOST", "REVOKED,LOST", "RECONFIG_FAIL,UNKNOWN", "UPDATE_DB,UNKNOWN",
  })
  void every_state_of_slurm_has_one_meaning(SlurmState state, JobState meaning) {
    assertThat(SlurmState.meaning(state.name())).isEqualTo(meaning);
  }

  @ParameterizedTest
  @EnumSource(SlurmState.class)
  void only_completed_is_a_success(SlurmState state) {
    assertThat(SlurmState.meaning(state.name()) == JobState.COMPLETED)
        .isEqualTo(state == SlurmState.COMPLETED);
  }

  @Test
  void the_table_above_names_every_state() {
    assertThat(SlurmState.values()).hasSize(28);
  }

  @Test
  void a_state_of_a_later_slurm_ends_nothing_and_is_told() {
    assertThat(SlurmState.meaning("TELEPORTED")).isEqualTo(JobState.UNKNOWN);
    assertThat(SlurmState.words("TELEPORTED", "None"))
        .isEqualTo("state TELEPORTED, which this version does not know");
  }

  /** As job_state_string of slurm_protocol_defs.c has it: a flag goes before the base state. */
  @ParameterizedTest
  @CsvSource({
    "COMPLETED COMPLETING, COMPLETING",
    "COMPLETING COMPLETED, COMPLETING",
    "CANCELLED COMPLETING STAGE_OUT, COMPLETING",
    "COMPLETED STAGE_OUT, STAGE_OUT",
    "RUNNING CONFIGURING, CONFIGURING",
    "RUNNING CONFIGURING POWER_UP_NODE, CONFIGURING",
    "RUNNING POWER_UP_NODE, POWER_UP_NODE",
    "RUNNING RESIZING, RESIZING",
    "PENDING REQUEUED, REQUEUED",
    "PENDING REQUEUE_FED, REQUEUE_FED",
    "PENDING REQUEUE_HOLD, REQUEUE_HOLD",
    "PENDING REQUEUE_HOLD SPECIAL_EXIT, REQUEUE_HOLD",
    "PENDING SPECIAL_EXIT, SPECIAL_EXIT",
    "PENDING RESV_DEL_HOLD, RESV_DEL_HOLD",
    "RUNNING SIGNALING, SIGNALING",
    "RUNNING STOPPED, STOPPED",
    "CANCELLED REVOKED, REVOKED",
    "COMPLETED UPDATE_DB, COMPLETED",
    "PENDING RECONFIG_FAIL, PENDING",
    "RUNNING TELEPORTED, RUNNING",
    "TELEPORTED, TELEPORTED",
    "'', ''",
  })
  void of_several_states_the_one_is_taken_that_squeue_would_show(String states, String shown) {
    List<String> all = states.isEmpty() ? List.of() : List.of(states.split(" ", -1));
    assertThat(SlurmState.shown(all)).isEqualTo(shown);
  }

  @ParameterizedTest
  @EnumSource(SlurmState.class)
  void one_state_alone_is_itself(SlurmState state) {
    assertThat(SlurmState.shown(List.of(state.name()))).isEqualTo(state.name());
  }

  @ParameterizedTest
  @EnumSource(SlurmState.class)
  void of_a_job_that_has_ended_or_waits_there_is_more_to_say(SlurmState state) {
    JobState meaning = SlurmState.meaning(state.name());
    assertThat(SlurmState.isQueued(state.name())).isEqualTo(meaning == JobState.QUEUED);
    assertThat(SlurmState.saysAll(state.name()))
        .isEqualTo(meaning != JobState.QUEUED && meaning != JobState.UNKNOWN && !meaning.ended());
  }

  @Test
  void the_reason_is_told_if_there_is_one() {
    assertThat(SlurmState.words("PENDING", "Resources")).isEqualTo("PENDING (Resources)");
    assertThat(SlurmState.words("RUNNING", "None")).isEqualTo("RUNNING");
    assertThat(SlurmState.words("COMPLETED", "")).isEqualTo("COMPLETED");
  }
}
