package ee.interlink.offload.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageTest {
  private static final Map<Stage, Set<Stage>> WAY =
      Map.of(
          Stage.SUBMIT, Set.of(Stage.ACTIVE, Stage.REFUSED, Stage.CANCEL, Stage.DISCARD),
          Stage.ACTIVE, Set.of(Stage.ENDED, Stage.CANCEL),
          Stage.ENDED, Set.of(Stage.DISCARD),
          Stage.REFUSED, Set.of(Stage.DISCARD),
          Stage.CANCEL, Set.of(Stage.DISCARD),
          Stage.DISCARD, Set.of(Stage.LEFT, Stage.GONE),
          Stage.LEFT, Set.of(Stage.GONE),
          Stage.GONE, Set.of());

  @ParameterizedTest
  @EnumSource
  void a_stage_becomes_what_the_way_says_and_nothing_else(Stage from) {
    for (Stage to : Stage.values()) {
      assertThat(from.mayBecome(to)).as(from + " to " + to).isEqualTo(WAY.get(from).contains(to));
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_way_never_leads_back(Stage from) {
    for (Stage to : Stage.values()) {
      if (from.mayBecome(to)) {
        assertThat(to).as(from + " to " + to).isGreaterThan(from);
        assertThat(to.mayBecome(from)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LEFT", "GONE"})
  void every_stage_can_come_to_its_end(Stage from) {
    boolean onlyByDiscarding =
        from == Stage.DISCARD || from.mayBecome(Stage.DISCARD) || from.mayBecome(Stage.CANCEL);
    assertThat(onlyByDiscarding).isTrue();
    assertThat(from.mayBecome(Stage.GONE)).isEqualTo(from == Stage.DISCARD);
  }
}
