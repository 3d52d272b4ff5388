package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.freshUid;
import static ee.interlink.batch.Pods.pod;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTermTest {
  private static final String IGNORES_TERM =
      "trap '' TERM; echo begun; while :; do sleep 0.1; done";

  @TempDir Path backend;

  @Test
  void term_reaches_every_container_at_once() throws Exception {
    RunnerBench bench =
        bench(
            container("one", "", "echo begun; sleep 600"), container("two", "", "exec sleep 600"));
    Process runner = bench.start();
    bench.awaitLog("one", "begun");
    Instant asked = Instant.now();
    runner.destroy();
    assertEnds(runner, 143);
    assertThat(Duration.between(asked, Instant.now()))
        .as("no grace period was waited for")
        .isLessThan(Duration.ofSeconds(5));
    assertThat(codes(bench)).isEqualTo(Map.of("one", 143, "two", 143));
    assertTerminated(bench);
  }

  @Test
  void a_container_that_ends_well_after_term_does_not_make_the_job_a_success() throws Exception {
    RunnerBench bench =
        bench(container("main", "", "trap 'exit 0' TERM; echo begun; while :; do sleep 0.1; done"));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    runner.destroy();
    assertEnds(runner, 143);
    assertThat(codes(bench)).isEqualTo(Map.of("main", 0));
    assertTerminated(bench);
  }

  @Test
  void a_container_that_ignores_term_is_killed_after_the_cancels_grace_period() throws Exception {
    RunnerBench bench = bench(container("main", "", IGNORES_TERM));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    Files.write(bench.path("grace"), JobFiles.seconds(Duration.ofSeconds(1)));
    Instant asked = Instant.now();
    runner.destroy();
    assertEnds(runner, 137);
    assertThat(Duration.between(asked, Instant.now()))
        .as("the pod's own would be 5 s")
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    assertThat(codes(bench)).isEqualTo(Map.of("main", 137));
  }

  @Test
  void a_later_cancel_shortens_the_grace_period() throws Exception {
    RunnerBench bench = bench(container("main", "", IGNORES_TERM));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    Files.write(bench.path("grace"), JobFiles.seconds(Duration.ofMinutes(10)));
    runner.destroy();
    assertThat(runner.waitFor(1, SECONDS)).isFalse();
    Files.write(bench.path("grace"), JobFiles.seconds(Duration.ZERO));
    runner.destroy();
    assertEnds(runner, 137);
  }

  @Test
  void what_has_not_started_is_not_started_after_term() throws Exception {
    RunnerBench bench =
        new RunnerBench(
            backend,
            pod(
                freshUid(),
                List.of(
                    container("first", "", "echo begun; sleep 600"),
                    container("second", "", "echo never")),
                List.of(container("main", "", "echo never"))));
    Process runner = bench.start();
    bench.awaitLog("first", "begun");
    runner.destroy();
    assertEnds(runner, 143);
    assertThat(codes(bench)).isEqualTo(Map.of("first", 143, "second", 143, "main", 143));
    assertThat(bench.log("second") + bench.log("main")).isEmpty();
    assertThat(bench.events())
        .anyMatch(
            fact ->
                fact instanceof JobReport.ContainerEnded end
                    && end.message().startsWith("not started"));
  }

  @Test
  void a_killed_runner_leaves_no_container_and_no_last_word() throws Exception {
    RunnerBench bench =
        bench(container("one", "", "echo $$; exec sleep 600"), container("two", "", "sleep 600"));
    Process runner = bench.start();
    bench.awaitLog("one", "\n");
    Path sleep = Path.of("/proc", bench.log("one").strip(), "stat");
    runner.destroyForcibly();
    await().until(() -> !Files.exists(sleep) || Files.readString(sleep).contains(") Z "));
    await().until(() -> codes(bench).equals(Map.of("one", 137, "two", 137)));
    assertThat(bench.state().jobCode()).isEmpty();
    assertThat(bench.state().toldToEnd()).isFalse();
    // Arguments and variables may be secret.
    await().until(() -> !Files.exists(bench.path("containers")));
    assertThat(bench.path("work")).doesNotExist();
    assertThat(bench.log("one")).isNotEmpty();
  }

  /** TERM may come at any instant of the start; whatever it meets, the job ends, and not well. */
  @RepeatedTest(12)
  void term_in_the_middle_of_the_start_ends_the_job() throws Exception {
    RunnerBench bench = bench(container("one", "", "sleep 600"), container("two", "", "sleep 600"));
    Process runner = bench.start();
    Instant until = Instant.now().plusMillis((long) (Math.random() * 120));
    while (Instant.now().isBefore(until)) {
      Thread.onSpinWait();
    }
    runner.destroy();
    assertThat(runner.waitFor(10, SECONDS)).isTrue();
    assertThat(runner.exitValue()).isEqualTo(143);
    assertThat(codes(bench).values()).doesNotContain(0, 127);
  }

  private RunnerBench bench(ContainerSpec... containers) throws Exception {
    return new RunnerBench(backend, pod(freshUid(), containers));
  }

  private static void assertEnds(Process runner, int code) throws InterruptedException {
    assertThat(runner.waitFor(10, SECONDS)).as("the runner ends").isTrue();
    assertThat(runner.exitValue()).isEqualTo(code);
  }

  private static void assertTerminated(RunnerBench bench) throws Exception {
    assertThat(bench.events())
        .anyMatch(fact -> fact instanceof JobReport.RunnerEnded end && end.terminated());
  }

  private static Map<String, Integer> codes(RunnerBench bench) throws Exception {
    return bench.events().stream()
        .filter(JobReport.ContainerEnded.class::isInstance)
        .map(JobReport.ContainerEnded.class::cast)
        .collect(
            Collectors.toMap(end -> end.container().value(), JobReport.ContainerEnded::exitCode));
  }
}
