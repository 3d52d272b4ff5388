package ee.interlink.offload.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.JobState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {

  @ParameterizedTest
  @EnumSource
  void every_end_has_a_verdict_and_none_is_success(JobState state) {
    if (state.ended() || state == JobState.UNKNOWN) {
      Verdict verdict = Verdict.on(state);
      assertThat(verdict.exitCode()).isBetween(1, 255);
      assertThat(verdict.reason()).matches("[A-Z][A-Za-z]+");
      assertThat(verdict.message()).isNotBlank();
    } else {
      assertThatThrownBy(() -> Verdict.on(state)).hasMessageContaining(state.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void only_a_job_that_ended_by_itself_lets_its_containers_succeed(JobState state) {
    boolean byItself = state == JobState.COMPLETED || state == JobState.FAILED;
    assertThat(Verdict.overrulesSuccess(state)).isEqualTo(state.ended() && !byItself);
  }
}
