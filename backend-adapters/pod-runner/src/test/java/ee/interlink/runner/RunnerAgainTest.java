package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.pod;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.RestartPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that its batch system takes off its machine and starts once more. */
class RunnerAgainTest {
  private static final String JOB = "12.3";
  private static final long PATIENCE_SECONDS = 90;

  @TempDir Path backend;
  @TempDir Path outside;

  @ParameterizedTest
  @EnumSource(names = {"ALWAYS", "ON_FAILURE"})
  void a_job_taken_off_its_machine_tells_no_end_and_its_next_start_is_a_restart(
      RestartPolicy policy) throws Exception {
    RunnerBench bench = bench(policy, List.of(), List.of(untilTold("main")));
    takeOff(bench, JOB);
    assertThat(ends(bench)).containsExactly("main 0=143");
    assertThat(bench.state().jobCode()).isEmpty();

    Process second = bench.startAs(JOB);
    awaitRun(bench, "main", 1);
    bench.awaitLog("main", "begun");
    assertThat(bench.log("main", LogFile.Kind.PREVIOUS_OUTPUT)).isEqualTo("begun\n");
    Files.writeString(bench.path("grace"), "1\n");
    end(second);
    assertThat(ends(bench)).containsExactly("main 0=143", "main 1=143");
    assertThat(bench.state().jobCode()).hasValue(143);
  }

  @Test
  void a_machine_that_was_lost_leaves_runs_without_an_end_and_the_next_start_tells_it()
      throws Exception {
    RunnerBench bench = bench(RestartPolicy.ALWAYS, List.of(), List.of(untilTold("main")));
    Process first = bench.startAs(JOB);
    bench.awaitLog("main", "begun");
    // As it is once all processes of a machine have gone at once.
    kill(first, Long.parseLong(Files.readString(bench.path("state/main.group")).strip()));
    Files.deleteIfExists(bench.path("state/main.exited"));

    Process second = bench.startAs(JOB);
    awaitRun(bench, "main", 1);
    assertThat(ends(bench)).contains("main 0=137");
    Files.writeString(bench.path("grace"), "1\n");
    end(second);
  }

  @Test
  void init_containers_run_again_and_what_has_done_its_work_does_not() throws Exception {
    String gate = outside.resolve("gate").toString();
    RunnerBench bench =
        bench(
            RestartPolicy.ON_FAILURE,
            List.of(container("init", "", "true")),
            List.of(
                container("done", "", "exit 0"),
                container("main", "", "echo begun; until [ -e $1 ]; do sleep 0.1; done", gate)));
    Process first = bench.startAs(JOB);
    bench.awaitLog("main", "begun");
    await().until(() -> ends(bench).contains("done 0=0"));
    end(first);

    Process second = bench.startAs(JOB);
    awaitRun(bench, "main", 1);
    Files.createFile(Path.of(gate));
    assertThat(second.waitFor(PATIENCE_SECONDS, SECONDS)).isTrue();
    assertThat(second.exitValue()).isZero();
    assertThat(ends(bench))
        .containsExactly("done 0=0", "init 0=0", "init 1=0", "main 0=143", "main 1=0");
    assertThat(bench.state().jobCode()).hasValue(0);
  }

  @Test
  void what_ended_with_0_only_because_it_was_told_to_end_has_not_done_its_work() throws Exception {
    String script = "trap 'exit 0' TERM; echo begun; while :; do sleep 0.1; done";
    RunnerBench bench =
        bench(RestartPolicy.ON_FAILURE, List.of(), List.of(container("main", "", script)));
    takeOff(bench, JOB);
    assertThat(ends(bench)).containsExactly("main 0=0");

    Process second = bench.startAs(JOB);
    awaitRun(bench, "main", 1);
    Files.writeString(bench.path("grace"), "1\n");
    end(second);
  }

  @Test
  void a_pod_that_is_never_restarted_ends_when_its_job_is_taken_off() throws Exception {
    RunnerBench bench = bench(RestartPolicy.NEVER, List.of(), List.of(untilTold("main")));
    takeOff(bench, JOB);
    assertThat(bench.state().jobCode()).hasValue(143);
    assertThat(again(bench, JOB)).isEqualTo(75);
  }

  @Test
  void another_job_does_not_take_over() throws Exception {
    RunnerBench bench = bench(RestartPolicy.ALWAYS, List.of(), List.of(untilTold("main")));
    takeOff(bench, JOB);
    assertThat(again(bench, "12.4")).isEqualTo(75);
    assertThat(again(bench, "")).isEqualTo(75);
    assertThat(ends(bench)).containsExactly("main 0=143");
  }

  @Test
  void a_pod_that_was_told_to_end_has_ended() throws Exception {
    RunnerBench bench = bench(RestartPolicy.ALWAYS, List.of(), List.of(untilTold("main")));
    Process first = bench.startAs(JOB);
    bench.awaitLog("main", "begun");
    Files.writeString(bench.path("grace"), "5\n");
    end(first);
    assertThat(bench.state().jobCode()).hasValue(143);
    assertThat(again(bench, JOB)).isEqualTo(75);
  }

  private static ContainerSpec untilTold(String name) {
    return container(name, "", "echo begun; exec sleep 600");
  }

  private RunnerBench bench(
      RestartPolicy policy, List<ContainerSpec> init, List<ContainerSpec> main) throws Exception {
    return new RunnerBench(backend, pod(policy, init, main, List.of()));
  }

  private static void takeOff(RunnerBench bench, String job) throws Exception {
    Process first = bench.startAs(job);
    bench.awaitLog("main", "begun");
    end(first);
  }

  private static int again(RunnerBench bench, String job) throws Exception {
    Process runner = bench.startAs(job);
    assertThat(runner.waitFor(PATIENCE_SECONDS, SECONDS)).as("the runner ends").isTrue();
    return runner.exitValue();
  }

  private static void end(Process runner) throws InterruptedException {
    runner.destroy();
    assertThat(runner.waitFor(PATIENCE_SECONDS, SECONDS)).as("the runner ends").isTrue();
  }

  private static void kill(Process runner, long container) {
    runner.destroyForcibly();
    ProcessHandle.of(container).ifPresent(ProcessHandle::destroyForcibly);
    await().until(() -> !runner.isAlive() && ProcessHandle.of(container).isEmpty());
  }

  private static void awaitRun(RunnerBench bench, String container, int run) {
    await()
        .atMost(PATIENCE_SECONDS, SECONDS)
        .until(
            () ->
                bench.events().stream()
                    .filter(JobReport.ContainerStarted.class::isInstance)
                    .map(JobReport.ContainerStarted.class::cast)
                    .anyMatch(
                        start ->
                            start.container().value().equals(container)
                                && start.restarts() == run));
  }

  private static List<String> ends(RunnerBench bench) throws IOException {
    return bench.events().stream()
        .filter(JobReport.ContainerEnded.class::isInstance)
        .map(JobReport.ContainerEnded.class::cast)
        .map(end -> end.container() + " " + end.restarts() + "=" + end.exitCode())
        .sorted()
        .toList();
  }
}
