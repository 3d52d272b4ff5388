package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What slurmrestd tells of jobs is taken only in the agreed form. */
class RestQueueTest {
  private static final String MARK = JobComment.mark("rest");
  private static final JobObject PENDING =
      new JobObject(FakeSlurmrestd.recorded("pending-job", "jobs"));
  private static final JobObject ACCOUNTED =
      new JobObject(FakeSlurmrestd.recorded("accounted-job", "jobs"));
  private static final JobRef ITS_POD = new JobRef(new PodUid("x"), new JobId("17391"));

  /** A recorded job, with a field or another in another way. */
  private record JobObject(JsonObject json) {
    /**
     * @param value as JSON; null to leave it out
     */
    JobObject with(String name, String value) {
      return value == null
          ? new JobObject(Json.createObjectBuilder(json).remove(name).build())
          : new JobObject(Json.createObjectBuilder(json).add(name, json(value)).build());
    }

    private static JsonValue json(String value) {
      return FakeSlurmrestd.read("{\"value\":" + value + "}").get("value");
    }

    Optional<QueuedJob> queued() {
      return RestQueue.queued(json, MARK);
    }

    JobReport.Scheduled report() {
      return queued().orElseThrow().report();
    }

    JobReport.Scheduled accounted() {
      return RestQueue.accounted(json, ITS_POD).orElseThrow().report();
    }
  }

  @Test
  void a_job_that_waits_is_told_with_its_reason() {
    assertThat(PENDING.queued())
        .contains(
            new QueuedJob(
                new PodUid("uid-1"),
                new JobId("17392"),
                "PENDING",
                0,
                "0:0",
                "BeginTime",
                Optional.empty()));
    assertThat(PENDING.report().words()).isEqualTo("PENDING (BeginTime)");
  }

  @Test
  void whose_pod_it_is_stands_in_the_comment() {
    String comment = "{\\\"interlink\\\":\\\"rest\\\",\\\"origin\\\":\\\"0123456789abcdef\\\"}";
    assertThat(PENDING.with("comment", "\"" + comment + "\"").report().origin())
        .contains("0123456789abcdef");
  }

  @Test
  void an_id_is_a_number_or_its_digits() {
    for (String id : new String[] {"7", "\"7\""}) {
      assertThat(PENDING.with("job_id", id).report().job()).isEqualTo(new JobId("7"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      nullValues = "none",
      value = {
        "comment   ; \"\"",
        "comment   ; null",
        "comment   ; none",
        "comment   ; {}",
        "comment   ; \"{\\\"interlink\\\":\\\"rest2\\\"}\"",
        "comment   ; \" {\\\"interlink\\\":\\\"rest\\\"\"",
        "name      ; \"Analysis of today\"",
        "name      ; \"../uid-1\"",
        "name      ; \"uid-1\\n\"",
        "name      ; \"UID-1\"",
        "name      ; \"\"",
        "name      ; 7",
        "name      ; none",
        "job_id    ; \"7_[1-9]\"",
        "job_id    ; -7",
        "job_id    ; 7.5",
        "job_id    ; null",
        "job_id    ; none",
        "job_state ; []",
        "job_state ; null",
        "job_state ; \"PENDING\"",
        "job_state ; [7]",
        "job_state ; [\"pending\"]",
        "job_state ; none",
      })
  void what_is_not_one_of_our_jobs_is_left_out(String field, String value) {
    assertThat(PENDING.with(field, value).queued()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "[\"COMPLETED\",\"COMPLETING\"] ; COMPLETING ; ENDING",
        "[\"FAILED\",\"COMPLETING\"]    ; COMPLETING ; ENDING",
        "[\"PENDING\",\"REQUEUED\"]     ; REQUEUED   ; QUEUED",
        "[\"RUNNING\",\"SIGNALING\"]    ; SIGNALING  ; RUNNING",
        "[\"RUNNING\",\"CONFIGURING\"]  ; CONFIGURING; QUEUED",
        "[\"COMPLETED\",\"UPDATE_DB\"]  ; COMPLETED  ; COMPLETED",
        "[\"TELEPORTED\"]               ; TELEPORTED ; UNKNOWN",
        "[\"RUNNING\",\"TELEPORTED\"]   ; RUNNING    ; RUNNING",
      })
  void of_several_states_it_is_the_one_that_squeue_shows(
      String states, String shown, JobState meaning) {
    assertThat(PENDING.with("job_state", states).queued())
        .hasValueSatisfying(
            job -> {
              assertThat(job.state()).isEqualTo(shown);
              assertThat(job.report().state()).isEqualTo(meaning);
            });
  }

  @Test
  void a_longer_reason_goes_before_its_word() {
    JobObject both = PENDING.with("state_description", "\"no node\\nhas 9 GPUs\"");
    assertThat(both.report().words()).isEqualTo("PENDING (no node has 9 GPUs)");
    assertThat(both.with("state_description", "null").report().words())
        .isEqualTo("PENDING (BeginTime)");
    assertThat(PENDING.with("state_reason", "\"None\"").report().words()).isEqualTo("PENDING");
    assertThat(PENDING.with("state_reason", null).report().words()).isEqualTo("PENDING");
  }

  @Test
  void the_queue_tells_the_signal_that_a_job_died_of_in_every_version() {
    JobObject failed =
        new JobObject(FakeSlurmrestd.recorded("failed-job-v0.0.40", "jobs"))
            .with("comment", "\"{\\\"interlink\\\":\\\"rest\\\"}\"");
    assertThat(failed.queued()).hasValueSatisfying(job -> assertThat(job.code()).isEqualTo("0:53"));
    assertThat(failed.report().state()).isEqualTo(JobState.FAILED);
    assertThat(failed.report().exitCode()).hasValue(128 + 53);
  }

  @Test
  void a_job_that_was_started_before_waits_again_or_is_lost() {
    JobObject again = PENDING.with("restart_cnt", "1");
    assertThat(again.report().state()).isEqualTo(JobState.REQUEUED);
    JobObject failed =
        again
            .with("job_state", "[\"FAILED\"]")
            .with("exit_code", "{\"return_code\":{\"set\":true,\"number\":75}}");
    assertThat(failed.report().state()).isEqualTo(JobState.LOST);
    assertThat(failed.with("restart_cnt", "0").report().state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void accounting_gives_state_and_code() {
    assertThat(ACCOUNTED.accounted().state()).isEqualTo(JobState.FAILED);
    assertThat(ACCOUNTED.accounted().exitCode()).hasValue(128 + 53);
    assertThat(ACCOUNTED.accounted().words()).isEqualTo("FAILED");
    JobObject left = ACCOUNTED.with("exit_code", "{\"return_code\":{\"set\":true,\"number\":3}}");
    assertThat(left.accounted().exitCode()).hasValue(3);
    assertThat(ACCOUNTED.with("exit_code", "{\"return_code\":3}").accounted().exitCode())
        .hasValue(3);
    JobObject runaway = ACCOUNTED.with("state", "{\"current\":[\"RUNNING\"]}");
    assertThat(runaway.accounted().state()).isEqualTo(JobState.UNKNOWN);
    assertThat(runaway.accounted().exitCode()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "job_id ; 17392",
        "job_id ; null",
        "name   ; \"another\"",
        "state  ; [\"FAILED\"]",
        "state  ; null"
      })
  void a_job_of_accounting_that_is_not_the_pods_is_left_out(String field, String value) {
    assertThat(RestQueue.accounted(ACCOUNTED.with(field, value).json(), ITS_POD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "7                                               ; 7",
        "{\"set\":true,\"infinite\":false,\"number\":7}  ; 7",
        "{\"set\":true,\"number\":7}                     ; 7",
        "{\"set\":false,\"infinite\":false,\"number\":7} ; 0",
        "{\"set\":false,\"infinite\":true,\"number\":7}  ; 0",
        "{\"set\":true}                                  ; 0",
        "{}                                              ; 0",
        "\"7\"                                           ; 0",
        "null                                            ; 0",
      })
  void a_number_is_plain_or_may_not_be_set(String value, long number) {
    assertThat(RestQueue.number(JobObject.json(value))).isEqualTo(number);
  }
}
