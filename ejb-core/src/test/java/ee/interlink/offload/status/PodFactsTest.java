package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.NOON;
import static ee.interlink.offload.status.Told.ended;
import static ee.interlink.offload.status.Told.facts;
import static ee.interlink.offload.status.Told.job;
import static ee.interlink.offload.status.Told.outOfMemory;
import static ee.interlink.offload.status.Told.runnerEnded;
import static ee.interlink.offload.status.Told.runnerTerminated;
import static ee.interlink.offload.status.Told.started;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PodFactsTest {

  @Property
  void reports_in_any_order_and_number_come_to_the_same_end(@ForAll Random random) {
    List<JobReport> all = JobStory.random(random).reports();
    PodFacts once = fold(all);
    List<JobReport> twice = new ArrayList<>(all);
    twice.addAll(all);
    Collections.shuffle(twice, random);
    assertThat(fold(twice)).isEqualTo(once);
  }

  @Property
  void a_report_told_again_is_no_news(@ForAll Random random) {
    PodFacts facts = PodFacts.NONE;
    for (JobReport report : JobStory.random(random).reports()) {
      facts = facts.with(report, NOON);
      assertThat(facts.with(report, NOON.plusSeconds(60))).isSameAs(facts);
    }
  }

  @Property
  void ended_is_final_whatever_the_scheduler_says_afterwards(
      @ForAll JobState end, @ForAll List<JobState> later) {
    if (end.ended()) {
      PodFacts over = facts(job(end));
      PodFacts after = over;
      for (JobState state : later) {
        after = after.with(job(state), NOON.plusSeconds(100));
      }
      assertThat(after).isEqualTo(over);
    }
  }

  @Test
  void a_job_that_failed_may_turn_out_to_have_been_killed_for_its_memory() {
    PodFacts killed = facts(job(JobState.FAILED, 137), outOfMemory());
    assertThat(killed.job()).isEqualTo(JobState.OUT_OF_MEMORY);
    assertThat(killed.with(job(JobState.FAILED, 137), NOON)).isSameAs(killed);
    PodFacts cancelled = facts(job(JobState.CANCELLED));
    assertThat(cancelled.with(outOfMemory(), NOON)).isSameAs(cancelled);
  }

  @Test
  void an_exit_code_that_accounting_tells_later_is_added() {
    assertThat(facts(job(JobState.FAILED), job(JobState.FAILED, 3)).jobExitCode()).isEqualTo(3);
    assertThat(facts(job(JobState.FAILED, 3), job(JobState.FAILED)).jobExitCode()).isEqualTo(3);
  }

  @Test
  void before_the_end_the_schedulers_last_word_counts() {
    assertThat(facts(job(JobState.RUNNING), job(JobState.QUEUED)).job()).isEqualTo(JobState.QUEUED);
    assertThat(facts(job(JobState.RUNNING), job(JobState.UNKNOWN)).jobOver()).isFalse();
  }

  @Test
  void an_unknown_job_is_not_over_unless_its_runner_had_ended() {
    assertThat(facts(job(JobState.UNKNOWN)).jobOver()).isFalse();
    assertThat(facts(runnerEnded(), job(JobState.RUNNING)).jobOver()).isFalse();
    assertThat(facts(runnerEnded(), job(JobState.UNKNOWN)).jobOver()).isTrue();
  }

  @Test
  void the_jobs_own_last_words_are_waited_for_but_not_for_ever() {
    PodFacts silent = facts(job(JobState.COMPLETED));
    long over = silent.jobEndedAt();
    assertThat(silent.closed(NOON.plusSeconds(3))).isFalse();
    assertThat(silent.closed(Instant.ofEpochMilli(over).plus(PodFacts.SETTLE))).isTrue();
  }

  @Test
  void a_runners_last_word_that_overtook_an_earlier_one_does_not_close() {
    PodFacts overtaken = facts(started("main"), runnerEnded(), job(JobState.COMPLETED));
    assertThat(overtaken.closed(NOON.plusSeconds(4))).isFalse();
    PodFacts complete = overtaken.with(ended("main", 0), NOON.plusSeconds(4));
    assertThat(complete.closed(NOON.plusSeconds(4))).isTrue();
    assertThat(overtaken.closed(NOON.plusSeconds(60))).isTrue();
  }

  @Test
  void the_latest_run_and_the_one_before_are_kept() {
    PodFacts facts =
        facts(
            started("main", 2),
            ended("main", 0, 7),
            ended("main", 1, 8),
            started("main", 1),
            started("main", 0));
    ContainerFacts main = facts.facts("main");
    assertThat(main.restarts()).isEqualTo(2);
    assertThat(main.isOver()).isFalse();
    assertThat(main.previous().restarts()).isEqualTo(1);
    assertThat(main.previous().exitCode()).isEqualTo(8);
    assertThat(main.previous().startedAt()).isNotNull();
    assertThat(main.previous().previous()).isNull();
  }

  @Test
  void a_runners_last_word_that_overtook_a_whole_run_does_not_close() {
    PodFacts overtaken =
        facts(started("main"), ended("main", 0, 3), runnerEnded(1), job(JobState.COMPLETED));
    assertThat(overtaken.closed(NOON.plusSeconds(4))).isFalse();
    PodFacts complete = overtaken.with(ended("main", 1, 0), NOON.plusSeconds(4));
    assertThat(complete.closed(NOON.plusSeconds(4))).isTrue();
    assertThat(overtaken.closed(NOON.plusSeconds(60))).isTrue();
  }

  @Test
  void a_message_that_one_of_two_ways_has_lost_is_kept_from_the_other() {
    JobReport bare = ended("main", 0, 128);
    JobReport full =
        new JobReport.ContainerEnded(
            Told.POD,
            new ContainerName("main"),
            0,
            128,
            NOON.plusSeconds(1),
            "no such folder",
            false);
    assertThat(facts(bare, full)).isEqualTo(facts(full, bare)).isEqualTo(facts(full));
  }

  @Test
  void whether_the_runner_was_told_to_end_is_kept() {
    assertThat(Stream.of(facts(runnerTerminated()), facts(runnerEnded())).map(PodFacts::terminated))
        .containsExactly(true, false);
  }

  private static PodFacts fold(List<JobReport> reports) {
    return facts(reports.toArray(JobReport[]::new));
  }
}
