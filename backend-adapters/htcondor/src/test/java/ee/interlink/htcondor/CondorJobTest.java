package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.htcondor.CondorJob.Place;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as condor_q and condor_history of HTCondor 23.9 print them, for all states of a job. */
class CondorJobTest {
  private static final String POD = "0c5a2a0e-6a5e-4b45-9f5a-3a6d8f6f2c11";
  private static final String BY_POLICY =
      "\"The job attribute PeriodicRemove expression '...' evaluated to TRUE\"";

  private final Map<Place, String> ad = new EnumMap<>(Place.class);

  CondorJobTest() {
    Stream.of(Place.values()).forEach(place -> ad.put(place, "undefined"));
    with(Place.CLUSTER_ID, "7").with(Place.PROC_ID, "12").with(Place.POD_UID, quoted(POD));
    with(Place.EXIT_BY_SIGNAL, "false").with(Place.STARTS, "0");
  }

  private CondorJobTest with(Place place, Object value) {
    ad.put(place, value.toString());
    return this;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private String line() {
    return String.join("\t", ad.values());
  }

  private JobReport.Scheduled report() {
    return CondorJob.parse(line()).orElseThrow().report();
  }

  @ParameterizedTest
  @CsvSource({
    "1, QUEUED, idle",
    "2, RUNNING, running",
    "3, CANCELLED, removed",
    "5, QUEUED, held",
    "6, ENDING, transferring output",
    "7, RUNNING, suspended",
    "0, UNKNOWN, 'JobStatus 0, which is not known here'",
    "8, UNKNOWN, 'JobStatus 8, which is not known here'"
  })
  void each_status_has_its_meaning_and_its_words(int status, JobState state, String words) {
    JobReport.Scheduled report = with(Place.JOB_STATUS, status).report();
    assertThat(report.state()).isEqualTo(state);
    assertThat(report.words()).isEqualTo(words);
    assertThat(report.job().value()).isEqualTo("7.12");
    assertThat(report.pod().value()).isEqualTo(POD);
  }

  @ParameterizedTest
  @CsvSource({"0, COMPLETED", "1, FAILED", "137, FAILED", "255, FAILED"})
  void a_completed_job_is_a_success_with_exit_code_0_alone(int code, JobState state) {
    with(Place.JOB_STATUS, 4).with(Place.EXIT_CODE, code);
    assertThat(report().state()).isEqualTo(state);
    assertThat(report().exitCode()).isEqualTo(OptionalInt.of(code));
  }

  @Test
  void a_job_that_died_of_a_signal_failed_by_it() {
    with(Place.JOB_STATUS, 4).with(Place.EXIT_BY_SIGNAL, true).with(Place.EXIT_SIGNAL, 9);
    assertThat(report().state()).isEqualTo(JobState.FAILED);
    assertThat(report().exitCode()).isEqualTo(OptionalInt.of(137));
  }

  @Test
  void a_job_that_was_started_again_after_its_shadow_died_is_lost_and_no_success() {
    with(Place.JOB_STATUS, 4).with(Place.EXIT_CODE, 75).with(Place.SHADOW_STARTS, 2);
    assertThat(report().state()).isEqualTo(JobState.LOST);
    assertThat(with(Place.SHADOW_STARTS, 1).report().state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void a_completed_job_whose_end_is_not_written_yet_is_not_known_yet() {
    assertThat(with(Place.JOB_STATUS, 4).report().state()).isEqualTo(JobState.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void a_job_that_is_to_go_and_still_has_a_machine_is_ending(int status) {
    with(Place.JOB_STATUS, status).with(Place.REMOTE_HOST, quoted("slot1_1@node"));
    with(Place.HOLD_CODE, 26).with(Place.STARTS, 1);
    assertThat(report().state()).isEqualTo(JobState.ENDING);
  }

  @Test
  void a_removed_job_is_cancelled_whatever_its_exit_code_was() {
    with(Place.JOB_STATUS, 3).with(Place.EXIT_CODE, 0);
    with(Place.REMOVE_REASON, quoted("via condor_rm (by user alice)"));
    assertThat(report().state()).isEqualTo(JobState.CANCELLED);
    assertThat(report().words()).isEqualTo("removed (via condor_rm (by user alice))");
  }

  @Test
  void a_job_that_its_time_limit_removed_timed_out() {
    with(Place.JOB_STATUS, 3).with(Place.REMOVE_REASON, BY_POLICY).with(Place.STARTS, 1);
    with(Place.TIME_LIMIT, 60).with(Place.STARTED, 1_000).with(Place.ENTERED, 1_061);
    assertThat(report().state()).isEqualTo(JobState.TIMED_OUT);
  }

  @Test
  void a_job_that_was_evicted_is_lost_and_not_timed_out() {
    with(Place.JOB_STATUS, 3).with(Place.REMOVE_REASON, BY_POLICY).with(Place.STARTS, 1);
    with(Place.TIME_LIMIT, 60).with(Place.STARTED, 1_000).with(Place.ENTERED, 1_030);
    assertThat(report().state()).isEqualTo(JobState.LOST);
  }

  @ParameterizedTest
  @CsvSource({"21, 102", "34, 102", "34, 0"})
  void a_hold_for_memory_ends_the_job_before_and_after_its_removal(int code, int subCode) {
    String words = quoted("Error from slot1_1@node: memory usage exceeded request_memory");
    with(Place.JOB_STATUS, 5).with(Place.STARTS, 1).with(Place.HOLD_REASON, words);
    with(Place.HOLD_CODE, code).with(Place.HOLD_SUB_CODE, subCode);
    assertThat(report().state()).isEqualTo(JobState.OUT_OF_MEMORY);
    assertThat(report().words()).startsWith("held (Error from slot1_1@node: memory");

    with(Place.JOB_STATUS, 3).with(Place.REMOVE_REASON, BY_POLICY);
    with(Place.HOLD_CODE, "undefined").with(Place.HOLD_SUB_CODE, "undefined");
    with(Place.LAST_HOLD_CODE, code).with(Place.LAST_HOLD_SUB_CODE, subCode);
    with(Place.LAST_HOLD_REASON, words);
    assertThat(report().state()).isEqualTo(JobState.OUT_OF_MEMORY);
    assertThat(report().words()).startsWith("removed (Error from slot1_1@node: memory");
  }

  @ParameterizedTest
  @CsvSource({"34, 104", "34, 0", "21, 103"})
  void a_hold_for_disk_is_a_failure_and_not_one_for_memory(int code, int subCode) {
    String words = quoted("Error from slot1_1@node: Job has exceeded request_disk (1.00 GB).");
    with(Place.JOB_STATUS, 5).with(Place.STARTS, 1).with(Place.HOLD_REASON, words);
    with(Place.HOLD_CODE, code).with(Place.HOLD_SUB_CODE, subCode);
    assertThat(report().state()).isEqualTo(JobState.FAILED);
  }

  @ParameterizedTest
  @EnumSource(HoldReason.class)
  void each_reason_for_a_hold_is_a_wait_or_an_end_that_is_no_success(HoldReason reason) {
    with(Place.JOB_STATUS, 5).with(Place.HOLD_CODE, reason.code()).with(Place.HOLDS, 9);
    assertThat(report().state())
        .isIn(JobState.QUEUED, JobState.FAILED, JobState.TIMED_OUT)
        .isEqualTo(HoldReason.meaning(reason.code(), 0, ""));
  }

  @Test
  void a_reason_for_a_hold_that_is_not_known_here_keeps_the_pod_waiting_with_its_words() {
    with(Place.JOB_STATUS, 5).with(Place.HOLD_CODE, 4711);
    with(Place.HOLD_REASON, quoted("the moon is full"));
    assertThat(report().state()).isEqualTo(JobState.QUEUED);
    assertThat(report().words()).isEqualTo("held (the moon is full)");
  }

  @Test
  void a_job_that_ran_and_is_held_by_its_user_is_lost() {
    with(Place.JOB_STATUS, 5).with(Place.HOLD_CODE, 1).with(Place.STARTS, 1);
    assertThat(report().state()).isEqualTo(JobState.LOST);
  }

  @ParameterizedTest
  @CsvSource({
    "1, undefined, REQUEUED",
    "2, undefined, RUNNING",
    "5, 1, REQUEUED",
    "5, 13, REQUEUED",
    "5, 12, FAILED",
    "5, 46, TIMED_OUT",
  })
  void a_job_whose_pod_is_restarted_waits_once_more_when_its_machine_is_taken_from_it(
      int status, String code, JobState state) {
    with(Place.JOB_STATUS, status).with(Place.HOLD_CODE, code).with(Place.HOLDS, 1);
    with(Place.STARTS, 1).with(Place.RESTARTS, "true");
    assertThat(report().state()).isEqualTo(state);
  }

  @Test
  void the_origin_comes_back_and_nothing_that_only_resembles_one() {
    with(Place.JOB_STATUS, 1).with(Place.ORIGIN, quoted("0123456789abcdef"));
    assertThat(report().origin()).contains("0123456789abcdef");
    assertThat(with(Place.ORIGIN, quoted("0123456789ABCDEF")).report().origin()).isEmpty();
  }

  @Test
  void what_is_no_job_of_ours_is_left_out() {
    with(Place.JOB_STATUS, 1);
    assertThat(CondorJob.parse(line() + "\t1")).isEmpty();
    assertThat(CondorJob.parse("")).isEmpty();
    assertThat(CondorJob.parse(with(Place.POD_UID, "undefined").line())).isEmpty();
    assertThat(CondorJob.parse(with(Place.POD_UID, quoted("../etc")).line())).isEmpty();
    with(Place.POD_UID, quoted(POD)).with(Place.JOB_STATUS, "error");
    assertThat(CondorJob.parse(line())).isEmpty();
  }

  @Test
  void the_site_asks_for_the_attributes_that_are_read_in_the_order_in_which_they_are_read() {
    String text = functions();
    int from = text.indexOf("ClusterId ProcId");
    String names = text.substring(from, text.indexOf('}', from)).replace("\\", " ");
    assertThat(names.strip().split("\\s+"))
        .containsExactly(Stream.of(Place.values()).map(Place::attribute).toArray(String[]::new));
  }

  @Test
  void the_schedd_removes_and_releases_for_the_holds_that_are_an_end_or_tried_again_here() {
    assertThat(functions())
        .contains("periodic_remove = (JobStatus == 5 && " + HoldReason.fatal() + ") ||")
        .contains("periodic_release = JobStatus == 5 && " + HoldReason.released() + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "13, 1, 0, QUEUED",
    "13, 2, 0, FAILED",
    "13, 1, 1, FAILED",
    "6, 3, 0, QUEUED",
    "6, 4, 0, FAILED",
    "17, 99, 0, QUEUED",
    "17, 1, 1, LOST",
    "12, 1, 0, FAILED",
    "1, 1, 0, QUEUED",
  })
  void a_hold_that_may_pass_by_itself_is_a_wait_as_long_as_it_is_tried_again(
      int code, int holds, int starts, JobState state) {
    with(Place.JOB_STATUS, 5).with(Place.HOLD_CODE, code).with(Place.HOLDS, holds);
    assertThat(with(Place.STARTS, starts).report().state()).isEqualTo(state);
  }

  private static String functions() {
    return HtcondorScheduler.FUNCTIONS;
  }

  @Test
  void the_news_of_a_job_come_in_the_order_in_which_they_happened() {
    with(Place.JOB_STATUS, 2);
    with(
        Place.NEWS,
        quoted(
            "unstarted,side,0,255,1700000000300|FATAL: no image;started,main,0,0,1700000000100"));
    List<JobReport> news = CondorJob.parse(line()).orElseThrow().news();
    assertThat(news).hasSize(2);
    assertThat(news.get(0))
        .isEqualTo(
            new JobReport.ContainerStarted(
                new PodUid(POD),
                new ContainerName("main"),
                0,
                Instant.ofEpochMilli(1_700_000_000_100L)));
    assertThat(news.get(1))
        .isInstanceOfSatisfying(
            JobReport.ContainerEnded.class,
            end -> assertThat(end.message()).isEqualTo("FATAL: no image"));
  }

  @Test
  void what_is_no_news_is_left_out() {
    with(Place.JOB_STATUS, 2).with(Place.NEWS, quoted(";;|;x,y;started,../x,0,0,1"));
    assertThat(CondorJob.parse(line()).orElseThrow().news()).isEmpty();
  }

  @Test
  void a_spooled_job_whose_runner_has_not_told_its_end_is_ending_until_its_output_is_there() {
    with(Place.JOB_STATUS, 4).with(Place.EXIT_CODE, 0).with(Place.STAGED_IN, 1_700_000_000);
    assertThat(queued().state()).isEqualTo(JobState.ENDING);
    assertThat(report().state()).isEqualTo(JobState.COMPLETED);
    with(Place.NEWS, quoted("started,main,0,0,1;exited,main,0,0,2;ended,,0,0,3"));
    assertThat(queued().state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_spooled_job_that_is_removed_leaves_output_too_if_it_has_run() {
    with(Place.JOB_STATUS, 3).with(Place.STAGED_IN, 1_700_000_000).with(Place.STARTS, 0);
    with(Place.REMOVE_REASON, quoted("via condor_rm (by user alice)"));
    assertThat(queued().state()).isEqualTo(JobState.CANCELLED);
    with(Place.STARTS, 1);
    assertThat(queued().state()).isEqualTo(JobState.ENDING);
    assertThat(queued().words())
        .isEqualTo("removed (via condor_rm (by user alice)), and its output is being fetched");
    assertThat(report().state()).isEqualTo(JobState.CANCELLED);
    with(Place.NEWS, quoted("started,main,0,0,1;exited,main,0,143,2;ended,,0,1,3"));
    assertThat(queued().state()).isEqualTo(JobState.CANCELLED);
  }

  private JobReport.Scheduled queued() {
    return CondorJob.parse(line()).orElseThrow().queued();
  }
}
