package ee.interlink.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a job does when a container of it has ended, and what is kept of the run before. */
abstract class RestartContract extends UpdateContract {
  /** Sets {@code n} to the number of this run, from 1. */
  private String count(String container) {
    String runs = kept() + "/" + container;
    return "echo >>" + runs + "; n=$(wc -l <" + runs + "); ";
  }

  @Test
  void what_fails_is_started_again_until_it_succeeds() throws Exception {
    JobRef job =
        submit(
            RestartPolicy.ON_FAILURE,
            container("main", count("main") + "echo run $n; [ $n -ge 3 ]"));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(codes(job, "main")).containsExactly("0: 1", "1: 1", "2: 0");
    assertThat(starts(job, "main")).containsExactly(0, 1, 2);
    assertThat(observer.facts(job, JobReport.RunnerEnded.class))
        .allMatch(end -> end.restarts() == 2 && !end.terminated());
    assertThat(log(job, "main")).isEqualTo("run 3\n");
  }

  @Test
  void what_is_always_to_run_is_started_again_until_the_job_is_told_to_end() throws Exception {
    JobRef job = submit(RestartPolicy.ALWAYS, container("main", "echo done"));
    observer.awaitFact(fact -> isEnd(fact, "main", 2));
    cancelUntilEnded(job, Duration.ofSeconds(20));
    assertThat(codes(job, "main")).contains("0: 0", "1: 0", "2: 0");
    assertThat(observer.state(job)).isNotEqualTo(JobState.COMPLETED);
    assertThat(observer.facts(job, JobReport.RunnerEnded.class))
        .allMatch(JobReport.RunnerEnded::terminated);
  }

  @Test
  void what_is_not_to_be_started_again_runs_once() throws Exception {
    JobRef failed = submit(RestartPolicy.NEVER, container("main", "exit 3"));
    JobRef done = submit(RestartPolicy.ON_FAILURE, container("main", "exit 0"));
    observer.awaitEnd(failed);
    observer.awaitEnd(done);
    assertThat(codes(failed, "main")).containsExactly("0: 3");
    assertThat(codes(done, "main")).containsExactly("0: 0");
    assertThat(observer.state(failed)).isEqualTo(JobState.FAILED);
    assertThat(observer.state(done)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void an_init_container_is_started_again_only_until_it_succeeds() throws Exception {
    JobRef job =
        submit(
            Pods.pod(
                RestartPolicy.ALWAYS,
                List.of(onKept(container("init", count("init") + "[ $n -ge 2 ]"))),
                List.of(container("main", "echo begun; sleep 600")),
                keptVolumes()));
    awaitLog(job, "main", "begun");
    cancelUntilEnded(job, Duration.ZERO);
    assertThat(codes(job, "init")).containsExactly("0: 1", "1: 0");
    assertThat(starts(job, "main")).containsExactly(0);
  }

  @Test
  void a_container_ends_and_is_started_again_whatever_the_others_do() throws Exception {
    JobRef job =
        submit(
            RestartPolicy.ALWAYS,
            container("one", count("one") + "[ $n -lt 2 ] || sleep 600"),
            container("two", "sleep 600"));
    observer.awaitFact(fact -> isStart(fact, "one", 1));
    cancelUntilEnded(job, Duration.ZERO);
    assertThat(starts(job, "two")).containsExactly(0);
    assertThat(codes(job, "one")).hasSize(2).contains("0: 0");
  }

  @Test
  void what_the_run_before_said_is_kept() throws Exception {
    JobRef job =
        submit(
            RestartPolicy.ON_FAILURE,
            container("main", count("main") + "echo run $n; [ $n -lt 3 ] || sleep 600; exit 1"));
    awaitLog(job, "main", "run 3");
    assertThat(log(job, "main")).isEqualTo("run 3\n");
    assertThat(log(job, LogFile.Kind.PREVIOUS_OUTPUT)).isEqualTo("run 2\n");
    assertThat(times(job, LogFile.Kind.PREVIOUS_TIMES)).last().isEqualTo(6L);
    cancelUntilEnded(job, Duration.ZERO);
    assertThat(log(job, LogFile.Kind.PREVIOUS_OUTPUT)).as("after its end").isEqualTo("run 2\n");
  }

  @Test
  void the_first_run_has_none_before_it() throws Exception {
    JobRef job = submit(RestartPolicy.ALWAYS, container("main", "echo begun; sleep 600"));
    awaitLog(job, "main", "begun");
    assertThat(log(job, LogFile.Kind.PREVIOUS_OUTPUT)).isEmpty();
    assertThat(log(job, LogFile.Kind.PREVIOUS_TIMES)).isEmpty();
  }

  @Test
  void the_times_say_when_the_output_came() throws Exception {
    JobRef job =
        submit(RestartPolicy.NEVER, container("main", "echo one; sleep 4; echo two; sleep 600"));
    awaitTimes(job, 4);
    awaitTimes(job, 8);
    assertThat(times(job, LogFile.Kind.TIMES)).as("each once").containsExactly(4L, 8L);
    cancelUntilEnded(job, Duration.ZERO);
    List<Long> told = moments(job);
    assertThat(told.get(1) - told.get(0)).isBetween(2500L, 30_000L);
  }

  @Test
  void the_times_cover_all_of_the_output_once_a_container_has_ended() throws Exception {
    JobRef job =
        submit(
            RestartPolicy.NEVER,
            container(
                "main",
                "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo $i; sleep 0.2; done; printf end"));
    observer.awaitEnd(job);
    long size = log(job, "main").length();
    assertThat(times(job, LogFile.Kind.TIMES))
        .hasSizeGreaterThan(1)
        .doesNotHaveDuplicates()
        .isSorted()
        .last()
        .isEqualTo(size);
    assertThat(moments(job)).isSorted();
    JobReport.ContainerEnded end = observer.end(job, "main");
    assertThat(moments(job).get(moments(job).size() - 1))
        .as("the last word, which who watches may have had before")
        .isBetween(end.at().toEpochMilli() - 1000, end.at().toEpochMilli());
  }

  @Test
  void a_job_that_waits_for_the_next_run_ends_when_it_is_told_to() throws Exception {
    connect(Duration.ofMinutes(5));
    JobRef job = submit(RestartPolicy.ALWAYS, container("main", "exit 3"));
    observer.awaitFact(fact -> isEnd(fact, "main", 1));
    cancelUntilEnded(job, Duration.ofSeconds(20));
    assertThat(starts(job, "main")).containsExactly(0, 1);
    assertThat(observer.state(job)).isNotEqualTo(JobState.COMPLETED);
  }

  private JobRef submit(RestartPolicy policy, ContainerSpec... containers) throws BatchException {
    List<ContainerSpec> main = Stream.of(containers).map(this::onKept).toList();
    return submit(Pods.pod(policy, List.of(), main, keptVolumes()));
  }

  private List<String> codes(JobRef job, String container) {
    return observer.facts(job, JobReport.ContainerEnded.class).stream()
        .filter(end -> end.container().value().equals(container))
        .map(end -> end.restarts() + ": " + end.exitCode())
        .distinct()
        .sorted()
        .toList();
  }

  private List<Integer> starts(JobRef job, String container) {
    return observer.facts(job, JobReport.ContainerStarted.class).stream()
        .filter(start -> start.container().value().equals(container))
        .map(JobReport.ContainerStarted::restarts)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isEnd(JobReport fact, String container, int restarts) {
    return fact instanceof JobReport.ContainerEnded end
        && end.container().value().equals(container)
        && end.restarts() == restarts;
  }

  private static boolean isStart(JobReport fact, String container, int restarts) {
    return fact instanceof JobReport.ContainerStarted start
        && start.container().value().equals(container)
        && start.restarts() == restarts;
  }

  private void awaitTimes(JobRef job, long size) {
    await()
        .atMost(patience())
        .pollInterval(Duration.ofMillis(100))
        .until(() -> times(job, LogFile.Kind.TIMES).contains(size));
  }

  /** The sizes in a file of times. */
  private List<Long> times(JobRef job, LogFile.Kind kind) throws BatchException {
    return numbers(job, kind, 1);
  }

  private List<Long> moments(JobRef job) throws BatchException {
    return numbers(job, LogFile.Kind.TIMES, 0);
  }

  private List<Long> numbers(JobRef job, LogFile.Kind kind, int column) throws BatchException {
    List<Long> numbers = new ArrayList<>();
    for (String line : log(job, kind).lines().toList()) {
      assertThat(line).matches("[0-9]{13} [0-9]+");
      numbers.add(Long.valueOf(line.split(" ", -1)[column]));
    }
    return numbers;
  }

  private String log(JobRef job, LogFile.Kind kind) throws BatchException {
    LogFile file = new LogFile(new ContainerName("main"), kind);
    return new String(connection.log(job, file, new LogRange(0, 1 << 20)).content(), UTF_8);
  }
}
