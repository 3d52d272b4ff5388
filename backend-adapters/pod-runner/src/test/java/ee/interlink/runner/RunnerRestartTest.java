package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.pod;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.RestartPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerRestartTest {
  private static final RestartBackoff LONG = RestartBackoff.from(Duration.ofMinutes(1));

  @TempDir Path backend;
  @TempDir Path outside;

  @Test
  void each_run_is_told_and_the_state_files_know_the_last() throws Exception {
    RunnerBench bench = bench(RestartPolicy.ON_FAILURE, counting("[ $n -ge 3 ]"));
    assertThat(bench.run()).isZero();
    assertThat(bench.events()).hasSize(7).containsAll(bench.state().reports());
    assertThat(ends(bench)).containsExactly("0=1", "1=1", "2=0");
    assertThat(bench.state().reports())
        .hasSize(3)
        .last()
        .isInstanceOfSatisfying(
            JobReport.RunnerEnded.class, last -> assertThat(last.restarts()).isEqualTo(2));
    assertThat(bench.state().reports().get(1))
        .isInstanceOfSatisfying(
            JobReport.ContainerEnded.class, end -> assertThat(end.restarts()).isEqualTo(2));
  }

  @Test
  void the_state_files_know_the_end_of_the_run_before_the_present_one() throws Exception {
    RunnerBench bench =
        bench(RestartPolicy.ALWAYS, counting("[ $n -lt 2 ] || { echo begun; sleep 600; }; exit 7"));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    List<JobReport> facts = bench.state().reports();
    assertThat(facts).hasSize(3);
    assertThat(facts.get(1))
        .isInstanceOfSatisfying(
            JobReport.ContainerEnded.class,
            end -> assertThat(List.of(end.restarts(), end.exitCode())).containsExactly(0, 7));
    assertThat(facts.get(2))
        .isInstanceOfSatisfying(
            JobReport.ContainerStarted.class, start -> assertThat(start.restarts()).isEqualTo(1));
    end(runner);
  }

  @Test
  void a_container_is_started_again_at_once_and_then_ever_later() throws Exception {
    RestartBackoff backoff = new RestartBackoff(Duration.ofSeconds(2), Duration.ofSeconds(4));
    RunnerBench bench = bench(RestartPolicy.ON_FAILURE, counting("[ $n -ge 4 ]"), backoff);
    bench.run();
    assertThat(pause(bench, 1)).isLessThan(Duration.ofSeconds(2));
    assertThat(pause(bench, 2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(pause(bench, 3)).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void after_a_long_run_the_waits_begin_anew() throws Exception {
    RestartBackoff backoff = new RestartBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
    RunnerBench bench =
        bench(
            RestartPolicy.ON_FAILURE,
            counting("[ $n -lt 5 ] || exit 0; [ $n != 4 ] || sleep 2.2; exit 1"),
            backoff);
    bench.run();
    assertThat(pause(bench, 3)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(pause(bench, 4)).isLessThan(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void a_pause_ends_when_the_pod_is_told_to_end(int code) throws Exception {
    RunnerBench bench = bench(RestartPolicy.ALWAYS, container("main", "", "exit " + code), LONG);
    Process runner = bench.start();
    await().until(() -> !Files.readString(pauseOf(bench)).isEmpty());
    end(runner);
    assertThat(runner.exitValue()).isEqualTo(code == 0 ? 143 : code);
    assertThat(ends(bench)).containsExactly("0=" + code, "1=" + code);
    await().until(() -> session(runner.pid()).isEmpty());
  }

  @Test
  void nothing_outlives_a_runner_that_is_killed_in_a_pause() throws Exception {
    RunnerBench bench = bench(RestartPolicy.ALWAYS, container("main", "", "exit 3"), LONG);
    Process runner = bench.start();
    await().until(() -> !Files.readString(pauseOf(bench)).isEmpty());
    assertThat(session(runner.pid())).as("runner, supervisor, look-out, pause").hasSize(4);
    runner.destroyForcibly();
    await().until(() -> session(runner.pid()).isEmpty());
    assertThat(ends(bench)).containsExactly("0=3", "1=3");
    assertThat(bench.state().jobCode()).isEmpty();
  }

  @Test
  void nothing_is_started_again_in_a_folder_that_is_gone() throws Exception {
    RunnerBench bench = bench(RestartPolicy.ALWAYS, container("main", "", "exit 3"), LONG);
    Process runner = bench.start();
    await().until(() -> !Files.readString(pauseOf(bench)).isEmpty());
    String pause = Files.readString(pauseOf(bench)).strip();
    Process removal = new ProcessBuilder("rm", "-rf", bench.path("").toString()).start();
    assertThat(removal.waitFor()).isZero();
    assertThat(new ProcessBuilder("kill", pause).start().waitFor()).isZero();
    assertThat(runner.waitFor(10, SECONDS)).as("the runner ends").isTrue();
    await().until(() -> session(runner.pid()).isEmpty());
  }

  @Test
  void a_run_finds_nothing_of_the_one_before() throws Exception {
    RunnerBench bench =
        bench(RestartPolicy.ON_FAILURE, counting("ls; mkdir -m 0 left; touch more; [ $n -ge 2 ]"));
    assertThat(bench.run()).isZero();
    assertThat(bench.log("main")).isEmpty();
    assertThat(bench.path("logs/main.times")).doesNotExist();
  }

  @Test
  void what_could_not_be_started_is_tried_again() throws Exception {
    Path place = outside.resolve("place");
    ContainerSpec spec =
        new ContainerSpec(
            new ContainerName("main"),
            "",
            List.of("pwd"),
            List.of(),
            List.of(),
            Optional.of(place.toString()),
            List.of());
    RunnerBench bench = bench(RestartPolicy.ON_FAILURE, spec, LONG);
    Process runner = bench.start();
    await().until(() -> !Files.readString(pauseOf(bench)).isEmpty());
    assertThat(bench.state().reports())
        .last()
        .isInstanceOfSatisfying(
            JobReport.ContainerEnded.class,
            end -> assertThat(end.message()).contains(place.toString()));
    Files.createDirectory(place);
    bench.endPause("main");
    assertThat(runner.waitFor(10, SECONDS)).isTrue();
    assertThat(runner.exitValue()).isZero();
    assertThat(ends(bench)).containsExactly("0=128", "1=128", "2=0");
  }

  private ContainerSpec counting(String script) {
    String runs = outside.resolve("runs").toString();
    return container("main", "", "echo >>$1; n=$(wc -l <$1); " + script, runs);
  }

  private RunnerBench bench(RestartPolicy policy, ContainerSpec main) throws Exception {
    return new RunnerBench(backend, pod(policy, List.of(), List.of(main), List.of()));
  }

  private RunnerBench bench(RestartPolicy policy, ContainerSpec main, RestartBackoff backoff)
      throws Exception {
    return new RunnerBench(backend, pod(policy, List.of(), List.of(main), List.of()), backoff);
  }

  private static Path pauseOf(RunnerBench bench) throws IOException {
    Path pause = bench.path("state/main.pause");
    return Files.exists(pause) ? pause : Path.of("/dev/null");
  }

  private static void end(Process runner) throws InterruptedException {
    runner.destroy();
    assertThat(runner.waitFor(10, SECONDS)).as("the runner ends").isTrue();
  }

  /** Between the end of the run before and that run's start. */
  private static Duration pause(RunnerBench bench, int run) throws IOException {
    TreeMap<String, Duration> times = new TreeMap<>();
    for (JobReport fact : bench.events()) {
      if (fact instanceof JobReport.ContainerStarted start) {
        times.put("start " + start.restarts(), sinceEpoch(start.at()));
      } else if (fact instanceof JobReport.ContainerEnded end) {
        times.put("end " + end.restarts(), sinceEpoch(end.at()));
      }
    }
    return times.get("start " + run).minus(times.get("end " + (run - 1)));
  }

  private static Duration sinceEpoch(Instant at) {
    return Duration.ofMillis(at.toEpochMilli());
  }

  private static List<String> ends(RunnerBench bench) throws IOException {
    return bench.events().stream()
        .filter(JobReport.ContainerEnded.class::isInstance)
        .map(JobReport.ContainerEnded.class::cast)
        .map(end -> end.restarts() + "=" + end.exitCode())
        .sorted()
        .toList();
  }

  private static List<Long> session(long id) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> isOf(id, pid))
        .toList();
  }

  private static boolean isOf(long session, long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return words[3].equals(Long.toString(session)) && !words[0].equals("Z");
    } catch (IOException e) {
      return false; // gone meanwhile
    }
  }
}
