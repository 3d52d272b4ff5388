package ee.interlink.offload.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.status.PodFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SituationTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** What is known of the job; the names say it. */
  @SuppressWarnings("ImmutableEnumChecker") // PodFacts is, but says so to nobody
  private enum Seen {
    NOTHING(JobState.QUEUED, null, null),
    RUNNING(JobState.RUNNING, null, null),
    FORGOTTEN(JobState.UNKNOWN, null, null),
    RUNNER_ENDED_ONLY(JobState.ENDING, null, 5000L),
    FORGOTTEN_AFTER_ITS_RUNNER(JobState.UNKNOWN, null, 1000L),
    JUST_OVER(JobState.FAILED, 1000L, null),
    LONG_OVER(JobState.FAILED, 60_000L, null),
    OVER_AND_TOLD(JobState.COMPLETED, 100L, 500L);

    final PodFacts facts;

    Seen(JobState state, Long jobEndedAgo, Long runnerEndedAgo) {
      facts =
          new PodFacts(
              state,
              "",
              before(jobEndedAgo),
              null,
              before(runnerEndedAgo),
              false,
              null,
              Map.of(),
              Map.of(),
              null,
              null);
    }

    private static Long before(Long millis) {
      return millis == null ? null : (Long) NOW.minusMillis(millis).toEpochMilli();
    }

    boolean over() {
      return this == JUST_OVER
          || this == LONG_OVER
          || this == OVER_AND_TOLD
          || this == FORGOTTEN_AFTER_ITS_RUNNER;
    }

    boolean closed() {
      return over() && this != JUST_OVER;
    }
  }

  private record Case(Stage stage, boolean deleted, boolean untried, boolean job, Seen seen) {
    Situation situation() {
      return new Situation(
          stage,
          job ? Optional.of(new JobId("1")) : Optional.empty(),
          deleted ? Optional.of(NOW) : Optional.empty(),
          GRACE,
          untried,
          seen.facts);
    }
  }

  private static Stream<Case> everythingIn(Stage stage) {
    List<Case> cases = new ArrayList<>();
    for (Seen seen : Seen.values()) {
      for (boolean deleted : List.of(true, false)) {
        for (boolean untried : List.of(true, false)) {
          cases.add(new Case(stage, deleted, untried, true, seen));
          cases.add(new Case(stage, deleted, untried, false, seen));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @EnumSource
  void the_next_step_is_what_the_table_says_however_often_it_is_asked(Stage stage) {
    assertThat(everythingIn(stage))
        .allSatisfy(
            each -> {
              Situation situation = each.situation();
              assertThat(situation.next(NOW)).isEqualTo(expected(each));
              assertThat(situation.next(NOW)).isEqualTo(expected(each));
            });
  }

  @ParameterizedTest
  @EnumSource
  void a_step_that_moves_is_a_legal_one(Stage stage) {
    assertThat(everythingIn(stage).map(each -> each.situation().next(NOW)))
        .allSatisfy(
            next -> {
              if (next instanceof NextStep.Move move) {
                assertThat(stage.mayBecome(move.to())).isTrue();
              }
            });
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LEFT", "GONE"})
  void a_pod_to_be_deleted_never_rests_before_it_is_gone(Stage stage) {
    assertThat(everythingIn(stage).filter(Case::deleted).map(each -> each.situation().next(NOW)))
        .isNotEmpty()
        .noneMatch(NextStep.Rest.class::isInstance);
  }

  @Test
  void the_grace_left_shrinks_to_zero_and_no_further() {
    assertThat(cancelAskedAgo(0)).isEqualTo(new NextStep.Cancel(GRACE));
    assertThat(cancelAskedAgo(10)).isEqualTo(new NextStep.Cancel(Duration.ofSeconds(20)));
    assertThat(cancelAskedAgo(30)).isEqualTo(new NextStep.Cancel(Duration.ZERO));
    assertThat(cancelAskedAgo(3600)).isEqualTo(new NextStep.Cancel(Duration.ZERO));
  }

  private static NextStep cancelAskedAgo(long seconds) {
    return new Situation(
            Stage.CANCEL,
            Optional.of(new JobId("1")),
            Optional.of(NOW.minusSeconds(seconds)),
            GRACE,
            false,
            PodFacts.NONE)
        .next(NOW);
  }

  @Test
  void a_running_pod_beyond_its_deadline_is_cancelled_where_it_stands_until_its_job_is_over() {
    PodFacts overdue = Seen.RUNNING.facts.overdue(NOW.minusSeconds(10));
    assertThat(active(overdue, Optional.empty()).next(NOW))
        .isEqualTo(new NextStep.Cancel(Duration.ofSeconds(20)));
    assertThat(active(overdue, Optional.empty()).next(NOW.plusSeconds(60)))
        .isEqualTo(new NextStep.Cancel(Duration.ZERO));
    assertThat(active(overdue, Optional.of(NOW)).next(NOW))
        .as("a deletion goes its own way")
        .isEqualTo(new NextStep.Move(Stage.CANCEL));
    PodFacts over = overdue.with(cancelled(), NOW);
    assertThat(active(over, Optional.empty()).next(NOW)).isEqualTo(new NextStep.Rest());
    assertThat(active(over, Optional.empty()).next(NOW.plusSeconds(60)))
        .isEqualTo(new NextStep.Move(Stage.ENDED));
  }

  private static JobReport cancelled() {
    return new JobReport.Scheduled(
        new PodUid("u"), new JobId("1"), JobState.CANCELLED, "", OptionalInt.empty());
  }

  private static Situation active(PodFacts facts, Optional<Instant> deleted) {
    return new Situation(Stage.ACTIVE, Optional.of(new JobId("1")), deleted, GRACE, false, facts);
  }

  private static NextStep expected(Case of) {
    boolean deleted = of.deleted();
    Seen seen = of.seen();
    return switch (of.stage()) {
      case SUBMIT ->
          deleted
              ? new NextStep.Move(of.untried() ? Stage.DISCARD : Stage.CANCEL)
              : new NextStep.Submit(!of.untried());
      case ACTIVE ->
          seen.closed()
              ? new NextStep.Move(Stage.ENDED)
              : deleted ? new NextStep.Move(Stage.CANCEL) : new NextStep.Rest();
      case ENDED, REFUSED -> deleted ? new NextStep.Move(Stage.DISCARD) : new NextStep.Rest();
      case CANCEL ->
          seen.over()
              ? new NextStep.Move(Stage.DISCARD)
              : of.job() ? new NextStep.Cancel(GRACE) : new NextStep.FindForCancel();
      case DISCARD -> new NextStep.Discard();
      case LEFT, GONE -> new NextStep.Rest();
    };
  }
}
