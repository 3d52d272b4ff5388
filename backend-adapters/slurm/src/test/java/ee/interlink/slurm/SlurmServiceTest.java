package ee.interlink.slurm;

import static ee.interlink.slurm.FakeSlurmrestd.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Pods;
import ee.interlink.runner.JobFile;
import ee.interlink.site.jobs.QueueMemory;
import ee.interlink.site.jobs.QueueWord;
import ee.interlink.slurm.FakeSlurmrestd.Answer;
import ee.interlink.slurm.FakeSlurmrestd.Asked;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of slurmrestd, and what its answers come to. */
class SlurmServiceTest extends OnFakeSlurmrestd {
  private static final String PING = "GET /slurm/%s/ping/";
  private static final String STATES = "GET " + V + "jobs/state/";
  private static final String JOBS = "GET " + V + "jobs/";
  private static final PodUid POD = new PodUid("uid-1");

  /** Less than a question may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private JobId submit() throws Exception {
    JobFile runner = new JobFile.Content("pod-runner.sh", 0700, new byte[] {'\n'});
    return service.submit(
        Pods.pod(POD, Pods.container("main", "", "true")), List.of(runner), "/home/alice/b");
  }

  private static QueueMemory told(Map<JobId, String> states) {
    return new QueueMemory(states, 0);
  }

  /** That these states of the jobs 1, 2, 3 and so on have been told. */
  private static QueueMemory told(List<String> states) {
    Map<JobId, String> told = new HashMap<>();
    for (int i = 0; i < states.size(); i++) {
      told.put(ref(i + 1).job(), states.get(i));
    }
    return told(told);
  }

  private void jobsAre(List<String> states) {
    server.answer(STATES, 200, FakeSlurmrestd.states(states));
    for (int i = 1; i <= states.size(); i++) {
      String job =
          FakeSlurmrestd.list(
              "jobs", List.of(FakeSlurmrestd.job(i, "uid-" + i, states.get(i - 1))));
      server.answer("GET " + V + "job/" + i, 200, job);
    }
  }

  private static Set<JobId> ids(QueueWord word) {
    return word.jobs().stream().map(JobReport.Scheduled::job).collect(Collectors.toSet());
  }

  // ---- interruption

  @Test
  void a_question_ends_when_its_thread_is_interrupted() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.answer(
        "GET " + V + "partitions/",
        () -> {
          awaited(over);
          return Answer.json(200, recorded("partitions"));
        });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread waiting =
        new Thread(
            () -> {
              thrown.set(catchThrowable(service::capacity));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    waiting.start();
    await().until(() -> server.asked().size() == 2);
    waiting.interrupt();
    waiting.join(PATIENCE.toMillis());
    over.countDown();
    assertThat(thrown.get())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("interrupted while asking slurmrestd");
    assertThat(interrupted).isTrue();
  }

  private static void awaited(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void who_was_interrupted_before_asks_nothing() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(this::submit).isInstanceOf(BackendUnavailableException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(server.asked()).isEmpty();
  }

  // ---- versions

  @Test
  void the_version_that_both_know_is_asked_for_once() throws Exception {
    jobsAre(List.of("RUNNING"));
    assertThat(
            server.askedSince(
                () -> {
                  service.queue(jobs(1), told(Map.of()));
                  service.queue(jobs(1), told(Map.of()));
                }))
        .containsExactly(PING.formatted("v0.0.42"), STATES, STATES);
  }

  @Test
  void one_that_the_service_does_not_know_gives_way_to_another() throws Exception {
    server.answer(PING.formatted("v0.0.42"), () -> Answer.plain(404, "Unable find requested URL."));
    server.answer(PING.formatted("v0.0.40"), 200, recorded("ping"));
    server.answer("GET /slurm/v0.0.40/jobs/state/", 200, recorded("states"));
    assertThat(server.askedSince(() -> service.queue(jobs(1), told(Map.of()))))
        .containsExactly(
            PING.formatted("v0.0.42"),
            PING.formatted("v0.0.43"),
            PING.formatted("v0.0.44"),
            PING.formatted("v0.0.41"),
            PING.formatted("v0.0.40"),
            "GET /slurm/v0.0.40/jobs/state/");
  }

  @Test
  void a_service_that_speaks_none_of_them_is_told_so() {
    server.answerAll(Answer.plain(404, "Unable find requested URL."));
    assertThatThrownBy(this::submit)
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(
            "slurmrestd speaks none of the versions v0.0.42, v0.0.43, v0.0.44, v0.0.41, v0.0.40");
  }

  @Test
  void the_configured_version_is_the_only_one() throws Exception {
    try (SlurmService old = open(server, "slurmrestd-version", "v0.0.39")) {
      List<String> asked =
          server.askedSince(
              () ->
                  assertThatThrownBy(() -> old.find(POD))
                      .hasMessage("slurmrestd speaks none of the versions v0.0.39"));
      assertThat(Set.copyOf(asked)).containsExactly(PING.formatted("v0.0.39"));
    }
  }

  @Test
  void a_service_that_has_been_replaced_by_a_later_one_is_asked_for_its_version_again()
      throws Exception {
    jobsAre(List.of("RUNNING"));
    assertThat(service.queue(jobs(1), told(Map.of())).outage()).isEmpty();
    server.answerAll(Answer.plain(404, "Unable find requested URL."));
    assertThat(service.queue(jobs(1), told(Map.of())).outage()).isPresent();
    server.answer(PING.formatted("v0.0.44"), 200, recorded("ping"));
    server.answer("GET /slurm/v0.0.44/jobs/state/", 200, recorded("states"));
    assertThat(service.queue(jobs(1), told(Map.of())).outage()).isEmpty();
  }

  // ---- outages

  private void assertOutage(String words) throws Exception {
    for (QueueMemory memory : List.of(QueueMemory.NONE, told(List.of("PENDING")))) {
      QueueWord word = service.queue(jobs(1), memory);
      assertThat(word.outage()).hasValueSatisfying(said -> assertThat(said).contains(words));
      assertThat(word.jobs()).isEmpty();
      assertThat(word.memory()).isEqualTo(memory);
    }
    assertThatThrownBy(() -> service.find(POD)).isInstanceOf(BackendUnavailableException.class);
    assertThatThrownBy(() -> service.end(ref(1))).isInstanceOf(BackendUnavailableException.class);
    assertThatThrownBy(() -> service.accounted(jobs(1)))
        .isInstanceOf(BackendUnavailableException.class);
    assertThatThrownBy(() -> service.capacity()).isInstanceOf(BackendUnavailableException.class);
    assertThatThrownBy(this::submit).isInstanceOf(BackendUnavailableException.class);
  }

  @Test
  void a_service_that_is_away_is_an_outage() throws Exception {
    server.close();
    assertOutage("slurmrestd does not answer: ");
  }

  @Test
  void what_the_service_says_of_its_own_trouble_is_an_outage() throws Exception {
    server.answerAll(
        Answer.json(
            500,
            """
            {"jobs":null,"errors":[{"description":"Failure to query job",
             "error_number":1006,"error":"Unable to contact slurm controller (connect failure)",
             "source":"x"}],"warnings":[]}
            """));
    assertOutage("slurmrestd: Unable to contact slurm controller (connect failure); Failure to");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 500, 502, 503})
  void a_page_of_something_between_is_an_outage(int status) throws Exception {
    server.answerAll(
        new Answer(status, "text/html", "<html><body>Maintenance until noon</body></html>"));
    assertOutage(status == 200 ? "no JSON or broke off" : "slurmrestd: status " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"jobs\"",
        "[]",
        "[{\"jobs\":[]}]",
        "{}",
        "{\"status\":\"fine\"}",
        "{\"jobs\":null,\"errors\":[]}",
        "{\"jobs\":{},\"errors\":[]}",
        "{\"jobs\":[7],\"errors\":[]}",
        "{\"jobs\":[null],\"errors\":[]}",
        "{\"jobs\":[[]],\"errors\":[]}",
        "{\"errors\":[7]}",
        "{\"jobs\":[],\"errors\":[7]}",
        "{\"jobs\":[],\"errors\":[]}}",
        "{\"jobs\":[],\"errors\":[]} and more",
      })
  void what_is_no_answer_to_the_question_is_an_outage_and_no_empty_queue(String answer)
      throws Exception {
    server.answer(STATES, 200, answer);
    server.answer(JOBS, 200, answer);
    for (QueueMemory memory : List.of(QueueMemory.NONE, told(List.of("RUNNING")))) {
      QueueWord word = service.queue(jobs(1), memory);
      assertThat(word.outage()).isPresent();
      assertThat(word.memory()).isEqualTo(memory);
    }
  }

  @Test
  void an_answer_that_breaks_off_anywhere_is_an_outage() throws Exception {
    String states = FakeSlurmrestd.states(List.of("RUNNING", "RUNNING")).strip();
    for (int length = 0; length < states.length(); length++) {
      server.answer(STATES, 200, states.substring(0, length));
      QueueMemory memory = told(List.of("PENDING", "RUNNING"));
      QueueWord word = service.queue(jobs(2), memory);
      assertThat(word.outage()).as(states.substring(0, length)).isPresent();
      assertThat(word.jobs()).isEmpty();
      assertThat(word.memory()).isEqualTo(memory);
    }
  }

  @Test
  void after_an_outage_it_goes_on_as_before() throws Exception {
    jobsAre(List.of("RUNNING"));
    QueueMemory memory = service.queue(jobs(1), told(List.of("RUNNING"))).memory();
    server.answer(STATES, 500, "");
    memory = service.queue(jobs(1), memory).memory();
    jobsAre(List.of("COMPLETED"));
    assertThat(service.queue(jobs(1), memory).jobs())
        .extracting(JobReport.Scheduled::state)
        .containsExactly(JobState.COMPLETED);
  }

  // ---- who asks

  @Test
  void a_token_that_is_not_accepted_lets_nobody_in() {
    for (String question : List.of(STATES, JOBS, "GET " + V + "job/1", "GET " + DB + "job/1")) {
      server.answer(question, 511, recorded("token-not-accepted"));
    }
    server.answer("POST " + V + "job/submit", 511, recorded("token-not-accepted"));
    assertNobodyIsLetIn("Protocol authentication error");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void nor_does_one_that_is_missing_on_the_way(int status) {
    server.answerAll(Answer.plain(status, "Authentication failure"));
    assertNobodyIsLetIn("slurmrestd: status " + status);
  }

  @Test
  void nor_one_that_is_not_accepted_for_a_submission_alone() {
    server.answer("POST " + V + "job/submit", () -> Answer.plain(401, "Authentication failure"));
    assertThatThrownBy(this::submit).isInstanceOf(NotAuthorisedException.class);
  }

  @Test
  void nor_one_that_has_gone_or_is_anothers_by_now() throws Exception {
    Files.writeString(folder.resolve("alice"), token("bob", "secret"));
    assertNobodyIsLetIn("is no token of alice");
    Files.delete(folder.resolve("alice"));
    assertNobodyIsLetIn("no token of alice in ");
    renew("second");
    server.answer(STATES, 200, recorded("states"));
    server.askedSince(() -> service.queue(jobs(1), told(Map.of())));
    assertThat(server.asked()).isNotEmpty();
  }

  private void assertNobodyIsLetIn(String words) {
    List<ThrowingCallable> calls =
        List.of(
            () -> service.queue(jobs(1), QueueMemory.NONE),
            () -> service.queue(jobs(1), told(Map.of())),
            () -> service.end(ref(1)),
            () -> service.tell(ref(1)),
            () -> service.accounted(jobs(1)),
            this::submit);
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(NotAuthorisedException.class)
          .hasMessageContaining(words);
    }
  }

  @Test
  void who_asks_goes_with_each_question_and_a_renewed_token_counts_at_once() throws Exception {
    jobsAre(List.of("PENDING"));
    server.answer("POST " + V + "job/submit", 200, recorded("submitted"));
    server.answer("DELETE " + V + "job/1", 200, recorded("ended"));
    server.answer("GET " + DB + "jobs/", 200, recorded("not-accounted"));
    server.answer("GET " + DB + "job/1", 200, recorded("not-accounted"));
    server.answer(JOBS, 200, recorded("pending-job"));
    server.answer("GET " + V + "nodes/", 200, recorded("nodes"));
    server.answer("GET " + V + "partitions/", 200, recorded("partitions"));
    for (String token : List.of(renew("second"), renew("third"))) {
      Files.writeString(folder.resolve("alice"), token);
      List<String> asked =
          server.askedSince(
              () -> {
                submit();
                service.queue(jobs(1), QueueMemory.NONE);
                service.queue(jobs(1), told(Map.of()));
                service.find(POD);
                service.tell(ref(1));
                service.end(ref(1));
                service.accounted(jobs(1));
                service.capacity();
              });
      assertThat(asked).hasSizeGreaterThan(10);
      assertThat(server.asked())
          .allSatisfy(
              question -> {
                assertThat(question.user()).isEqualTo("alice");
                assertThat(question.token()).isEqualTo(token);
              });
    }
  }

  @Test
  void nobody_else_is_told_the_token() throws Exception {
    try (FakeSlurmrestd other = new FakeSlurmrestd()) {
      HttpServer moved = HttpServer.create(FakeSlurmrestd.here(), 0);
      moved.createContext(
          "/",
          exchange -> {
            exchange
                .getResponseHeaders()
                .set("Location", other.address() + exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
          });
      try (FakeSlurmrestd first = new FakeSlurmrestd(moved, "http", false);
          SlurmService asked = open(first)) {
        assertThat(asked.queue(jobs(1), QueueMemory.NONE).outage()).isPresent();
      }
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void no_message_has_the_token() throws Exception {
    String secret = renew("swordfish");
    List<Answer> answers =
        List.of(
            Answer.plain(401, "Authentication failure"),
            Answer.json(511, recorded("token-not-accepted")),
            Answer.json(500, recorded("wrong-partition")),
            Answer.plain(404, "Unable find requested URL."),
            Answer.json(200, "{"),
            Answer.json(200, "{\"jobs\":7}"));
    for (Answer answer : answers) {
      server.answerAll(answer);
      server.answer(PING.formatted("v0.0.42"), 200, recorded("ping"));
      assertSecret(secret);
    }
    server.close();
    assertSecret(secret);
    renew("swordfish\nX-Other: 1");
    assertSecret("swordfish");
  }

  private void assertSecret(String secret) throws Exception {
    List<ThrowingCallable> calls =
        List.of(
            this::submit, () -> service.find(POD), () -> service.end(ref(1)), service::capacity);
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(BatchException.class)
          .satisfies(
              e -> {
                for (Throwable each = e; each != null; each = each.getCause()) {
                  assertThat(each.toString()).doesNotContain(secret);
                }
              });
    }
  }

  // ---- one job

  @Test
  void a_pod_becomes_a_job_that_carries_its_folder() throws Exception {
    server.answer("POST " + V + "job/submit", 200, recorded("submitted"));
    assertThat(submit()).isEqualTo(new JobId("17391"));
    Asked asked = server.asked().get(server.asked().size() - 1);
    JsonObject job = FakeSlurmrestd.read(asked.body()).getJsonObject("job");
    assertThat(job.getString("name")).isEqualTo("uid-1");
    assertThat(job.getString("current_working_directory")).isEqualTo("/");
    assertThat(job.getString("standard_output")).isEqualTo("/home/alice/b/output/uid-1.log");
    assertThat(job.getString("script")).startsWith("#!/bin/bash\nbackend='/home/alice/b'\n");
    assertThat(job.getJsonArray("environment").toString())
        .isEqualTo(
            "[\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\","
                + "\"LANG=C.UTF-8\"]");
  }

  @Test
  void a_partition_that_is_not_there_is_a_refusal_in_slurms_words() {
    server.answer("POST " + V + "job/submit", 500, recorded("wrong-partition"));
    assertThatThrownBy(this::submit)
        .isInstanceOf(JobRejectedException.class)
        .hasMessage("slurmrestd: Invalid partition name specified; Batch job submission failed");
  }

  @ParameterizedTest
  @CsvSource({
    "2015, Required partition not available (inactive or drain)",
    "2050, Job violates accounting/QOS policy (job submit limit; user's size and/or time limits)",
    "9000, Words of a later Slurm",
  })
  void what_waiting_may_cure_is_no_refusal(int number, String words) {
    server.answer(
        "POST " + V + "job/submit",
        500,
        recorded("wrong-partition")
            .replace("2000", "" + number)
            .replace("Invalid partition name specified", words));
    assertThatThrownBy(this::submit)
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"job_id\":\"\"}", "{\"job_id\":null}", "{\"job_id\":\"a b\"}"})
  void a_submission_without_a_job_is_not_taken_for_one(String answer) {
    server.answer("POST " + V + "job/submit", 200, answer);
    assertThatThrownBy(this::submit).isInstanceOf(BackendUnavailableException.class);
  }

  @Test
  void accounting_is_asked_for_a_pod_first_and_the_queue_only_after_that() throws Exception {
    String accounted =
        FakeSlurmrestd.list(
            "jobs",
            List.of(FakeSlurmrestd.job(6, "uid-1", ""), FakeSlurmrestd.job(7, "uid-1", "")));
    server.answer("GET " + DB + "jobs/", 200, accounted);
    String question =
        "GET %sjobs/?job_name=uid-1&start_time=uts%d&users=alice"
            .formatted(DB, NOW.getEpochSecond() - 30 * 24 * 3600);
    assertThat(server.askedSince(() -> assertThat(service.find(POD)).contains(new JobId("7"))))
        .containsExactly(PING.formatted("v0.0.42"), question);
    server.answer("GET " + DB + "jobs/", 200, recorded("not-accounted"));
    server.answer(JOBS, 200, recorded("pending-job"));
    assertThat(server.askedSince(() -> assertThat(service.find(POD)).contains(new JobId("17392"))))
        .containsExactly(question, JOBS);
  }

  @Test
  void a_pod_that_neither_knows_has_no_job() throws Exception {
    server.answer("GET " + DB + "jobs/", 200, recorded("not-accounted"));
    server.answer(JOBS, 200, recorded("pending-job").replace("alice", "bob"));
    assertThat(service.find(POD)).isEmpty();
    server.answer(JOBS, 200, recorded("pending-job"));
    assertThat(service.find(new PodUid("uid-2"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"auto, true", "no, true", "yes, false"})
  void accounting_that_does_not_answer_matters_only_if_it_has_to(String accounting, boolean found)
      throws Exception {
    server.answer("GET " + DB + "jobs/", 500, recorded("wrong-partition"));
    server.answer(JOBS, 200, recorded("pending-job"));
    try (SlurmService asked = open(server, "accounting", accounting)) {
      if (found) {
        assertThat(asked.find(POD)).contains(new JobId("17392"));
      } else {
        assertThatThrownBy(() -> asked.find(POD)).isInstanceOf(BackendUnavailableException.class);
      }
    }
  }

  @Test
  void a_runner_is_told_and_a_job_is_ended() throws Exception {
    jobsAre(List.of("RUNNING"));
    server.answer("DELETE " + V + "job/1", 200, recorded("ended"));
    assertThat(server.askedSince(() -> service.tell(ref(1))))
        .endsWith("GET " + V + "job/1", "DELETE " + V + "job/1?flags=BATCH_JOB&signal=TERM");
    assertThat(server.askedSince(() -> service.end(ref(1))))
        .containsExactly("GET " + V + "job/1", "DELETE " + V + "job/1");
  }

  @Test
  void an_id_that_now_belongs_to_another_pod_is_left_alone() throws Exception {
    jobsAre(List.of("RUNNING"));
    JobRef before = new JobRef(new PodUid("uid-before"), new JobId("1"));
    assertThat(
            server.askedSince(
                () -> {
                  service.end(before);
                  service.tell(before);
                }))
        .isNotEmpty()
        .noneMatch(question -> question.startsWith("DELETE"));
  }

  @Test
  void the_end_of_a_job_that_is_not_there_is_none() throws Exception {
    server.answer("GET " + V + "job/1", 404, recorded("no-such-job"));
    assertThat(server.askedSince(() -> service.end(ref(1))))
        .noneMatch(question -> question.startsWith("DELETE"));
    jobsAre(List.of("RUNNING"));
    server.answer("DELETE " + V + "job/1", 404, recorded("no-such-job"));
    service.end(ref(1));
    server.answer("DELETE " + V + "job/1", 500, recorded("no-such-job").replace("2017", "2021"));
    service.end(ref(1));
    server.answer("DELETE " + V + "job/1", 500, recorded("no-such-job").replace("2017", "2013"));
    assertThatThrownBy(() -> service.end(ref(1))).isInstanceOf(BackendUnavailableException.class);
  }

  // ---- all jobs

  @Test
  void at_first_all_jobs_of_the_backend_are_told_and_no_others() throws Exception {
    server.answer(
        JOBS,
        200,
        FakeSlurmrestd.list(
            "jobs",
            List.of(
                FakeSlurmrestd.job(1, "uid-1", "RUNNING"),
                FakeSlurmrestd.job(2, "uid-2", "FAILED"),
                FakeSlurmrestd.read(
                    FakeSlurmrestd.job(3, "uid-3", "RUNNING").toString().replace("alice", "bob")),
                FakeSlurmrestd.read(
                    FakeSlurmrestd.job(4, "uid-4", "RUNNING").toString().replace("rest", "r2")))));
    QueueWord word = service.queue(List.of(), QueueMemory.NONE);
    assertThat(word.jobs())
        .extracting(JobReport.Scheduled::job, JobReport.Scheduled::state)
        .containsExactly(
            tuple(new JobId("1"), JobState.RUNNING), tuple(new JobId("2"), JobState.FAILED));
    assertThat(word.mentioned()).containsExactlyInAnyOrder(POD, new PodUid("uid-2"));
    assertThat(word.memory().first()).isFalse();
    assertThat(word.memory().told())
        .isEqualTo(Map.of(new JobId("1"), "RUNNING", new JobId("2"), "FAILED"));
  }

  @Test
  void without_live_jobs_nothing_is_asked() throws Exception {
    assertThat(server.askedSince(() -> service.queue(List.of(), told(Map.of())))).isEmpty();
  }

  @Test
  void a_thousand_running_jobs_cost_one_question_a_round() throws Exception {
    List<String> running = Collections.nCopies(1000, "RUNNING");
    jobsAre(running);
    QueueWord first = service.queue(jobs(1000), told(Map.of()));
    assertThat(ids(first)).hasSize(1000);
    List<String> asked =
        server.askedSince(
            () -> {
              QueueWord word = service.queue(jobs(1000), first.memory());
              assertThat(word.jobs()).isEmpty();
              assertThat(word.mentioned()).hasSize(1000);
            });
    assertThat(asked).containsExactly(STATES);
  }

  @Test
  void of_a_thousand_waiting_ones_64_reasons_are_asked_for_each_in_its_turn() throws Exception {
    allAreSeen(64, Collections.nCopies(1000, "PENDING"), Collections.nCopies(1000, "PENDING"));
  }

  @Test
  void and_sixteen_while_others_change() throws Exception {
    List<String> waiting = Collections.nCopies(160, "PENDING");
    List<String> states = new ArrayList<>(waiting);
    states.addAll(Collections.nCopies(640, "COMPLETED"));
    List<String> before = new ArrayList<>(waiting);
    before.addAll(Collections.nCopies(640, "RUNNING"));
    allAreSeen(64 + 16, states, before);
  }

  /** In as many rounds as it takes when so many jobs are looked at in each. */
  private void allAreSeen(int together, List<String> states, List<String> before) throws Exception {
    int jobs = states.size();
    jobsAre(states);
    QueueMemory memory = told(before);
    service.queue(List.of(ref(1)), memory);
    Set<JobId> seen = new HashSet<>();
    for (int round = 0; round < (jobs + together - 1) / together; round++) {
      List<QueueWord> words = new ArrayList<>();
      QueueMemory last = memory;
      List<String> asked = server.askedSince(() -> words.add(service.queue(jobs(jobs), last)));
      assertThat(asked).hasSize(1 + together).containsOnlyOnce(STATES);
      assertThat(words.get(0).mentioned()).hasSize(jobs);
      seen.addAll(ids(words.get(0)));
      memory = words.get(0).memory();
    }
    assertThat(seen).hasSize(jobs);
  }

  @Test
  void of_many_that_change_at_once_each_is_told_though_not_in_one_round() throws Exception {
    jobsAre(Collections.nCopies(200, "COMPLETED"));
    QueueMemory memory = told(Collections.nCopies(200, "RUNNING"));
    List<JobRef> live = new ArrayList<>(jobs(200));
    Set<JobId> ended = new HashSet<>();
    for (int round = 0; round < 4; round++) {
      QueueMemory before = memory;
      List<QueueWord> words = new ArrayList<>();
      List<String> asked = server.askedSince(() -> words.add(service.queue(live, before)));
      QueueWord word = words.get(0);
      int expected = Math.min(64, live.size());
      assertThat(asked.stream().filter(each -> each.startsWith("GET " + V + "job/")))
          .hasSize(expected);
      assertThat(word.jobs()).hasSize(expected).allMatch(job -> job.state() == JobState.COMPLETED);
      assertThat(word.mentioned()).hasSize(live.size());
      ended.addAll(ids(word));
      live.removeIf(job -> ended.contains(job.job()));
      memory = word.memory();
    }
    assertThat(ended).hasSize(200);
  }

  @Test
  void an_ended_job_that_is_still_asked_for_is_told_again() throws Exception {
    jobsAre(List.of("FAILED"));
    QueueMemory memory = told(List.of("RUNNING"));
    for (int round = 0; round < 3; round++) {
      QueueWord word = service.queue(jobs(1), memory);
      assertThat(word.jobs())
          .extracting(JobReport.Scheduled::state)
          .containsExactly(JobState.FAILED);
      memory = word.memory();
    }
  }

  @Test
  void those_told_again_do_not_keep_others_from_being_told() throws Exception {
    List<String> states = new ArrayList<>(Collections.nCopies(100, "FAILED"));
    QueueMemory memory = told(states);
    states.add("COMPLETED");
    jobsAre(states);
    assertThat(ids(service.queue(jobs(101), memory))).contains(ref(101).job()).hasSize(64);
  }

  @Test
  void a_job_that_has_left_the_queue_is_not_mentioned() throws Exception {
    jobsAre(List.of("RUNNING"));
    QueueWord word = service.queue(jobs(2), told(List.of("RUNNING", "RUNNING")));
    assertThat(word.outage()).isEmpty();
    assertThat(word.mentioned()).containsExactly(POD);
    assertThat(word.memory().told()).containsOnlyKeys(ref(1).job());
  }

  @Test
  void nor_is_a_pod_whose_jobs_id_is_anothers_by_now() throws Exception {
    jobsAre(List.of("COMPLETED", "PENDING"));
    List<JobRef> before =
        List.of(
            new JobRef(new PodUid("uid-before"), new JobId("1")),
            new JobRef(new PodUid("uid-waited"), new JobId("2")));
    QueueWord word = service.queue(before, told(List.of("RUNNING", "PENDING")));
    assertThat(word.outage()).isEmpty();
    assertThat(word.jobs()).isEmpty();
    assertThat(word.mentioned()).isEmpty();
  }

  @Test
  void a_job_that_ends_between_two_questions_is_not_told() throws Exception {
    jobsAre(List.of("COMPLETED"));
    server.answer("GET " + V + "job/1", 404, recorded("no-such-job"));
    QueueWord word = service.queue(jobs(1), told(List.of("RUNNING")));
    assertThat(word.outage()).isEmpty();
    assertThat(word.jobs()).isEmpty();
  }

  @Test
  void a_job_that_starts_to_run_again_is_looked_at_while_it_waits() throws Exception {
    jobsAre(List.of("REQUEUED"));
    QueueWord word = service.queue(jobs(1), told(List.of("RUNNING")));
    assertThat(word.jobs())
        .extracting(JobReport.Scheduled::words)
        .containsExactly("REQUEUED (BeginTime)");
  }

  // ---- accounting and nodes

  @Test
  void accounting_tells_of_those_it_knows() throws Exception {
    server.answer("GET " + DB + "job/17391", 200, recorded("accounted-job"));
    server.answer("GET " + DB + "job/1", 200, recorded("not-accounted"));
    JobRef known = new JobRef(new PodUid("x"), new JobId("17391"));
    assertThat(service.accounted(List.of(known, ref(1))))
        .extracting(JobReport.Scheduled::job, JobReport.Scheduled::state)
        .containsExactly(tuple(known.job(), JobState.FAILED));
  }

  @Test
  void the_nodes_are_told() throws Exception {
    server.answer("GET " + V + "nodes/", 200, recorded("nodes"));
    server.answer("GET " + V + "partitions/", 200, recorded("partitions"));
    assertThat(service.capacity().total().cpus()).isEqualTo(128);
    assertThat(service.capacity().total().gpus()).isEqualTo(4);
  }
}
