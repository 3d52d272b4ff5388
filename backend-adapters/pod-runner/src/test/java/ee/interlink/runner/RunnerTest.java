package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.freshUid;
import static ee.interlink.batch.Pods.pod;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
  @TempDir Path backend;

  @Test
  void a_pod_runs_and_its_output_is_one_log_in_order() throws Exception {
    RunnerBench bench = bench(container("main", "", "echo out; echo err >&2; echo out"));
    assertThat(bench.run()).isZero();
    assertThat(bench.log("main")).isEqualTo("out\nerr\nout\n");
    assertThat(Files.readString(bench.path("runner.log"))).isEmpty();
  }

  @Test
  void the_first_code_that_is_not_zero_is_the_jobs() throws Exception {
    RunnerBench bench =
        bench(
            container("good", "", "exit 0"),
            container("bad", "", "exit 3"),
            container("worse", "", "exit 4"));
    assertThat(bench.run()).isEqualTo(3);
    assertThat(bench.state().jobCode()).hasValue(3);
  }

  @Test
  void events_and_state_files_tell_the_same() throws Exception {
    RunnerBench bench =
        new RunnerBench(
            backend,
            pod(
                freshUid(),
                List.of(container("first", "", "exit 0")),
                List.of(container("one", "", "exit 1"), container("two", "", "kill -9 $$"))));
    bench.run();
    assertThat(bench.events()).containsExactlyInAnyOrderElementsOf(bench.state().reports());
    assertThat(ends(bench)).containsExactlyInAnyOrder("first=0", "one=1", "two=137");
    assertThat(bench.state().reports()).last().isInstanceOf(JobReport.RunnerEnded.class);
    assertThat(bench.state().toldToEnd()).isFalse();
  }

  @Test
  void a_failed_init_container_ends_the_pod() throws Exception {
    RunnerBench bench =
        new RunnerBench(
            backend,
            pod(
                freshUid(),
                List.of(container("first", "", "exit 9"), container("second", "", "echo never")),
                List.of(container("main", "", "echo never"))));
    assertThat(bench.run()).isEqualTo(9);
    assertThat(ends(bench)).containsExactly("first=9");
    assertThat(bench.path("logs/main.log")).doesNotExist();
  }

  @Test
  void a_second_run_of_the_same_job_touches_nothing() throws Exception {
    RunnerBench bench = bench(container("main", "", "echo once"));
    assertThat(bench.run()).isZero();
    List<JobReport> before = bench.events();
    assertThat(bench.run()).isZero();
    assertThat(bench.log("main")).isEqualTo("once\n");
    assertThat(bench.events()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(Files.readString(bench.path("runner.log"))).contains("another job has claimed");
  }

  @Test
  void a_job_without_its_files_is_not_taken_for_another_jobs() throws Exception {
    RunnerBench bench = bench(container("main", "", "echo"));
    Files.delete(bench.path("state"));
    assertThat(bench.run()).isEqualTo(1);
    assertThat(Files.readString(bench.path("runner.log"))).contains("no place for its state");
  }

  @Test
  void two_runs_at_once_are_one() throws Exception {
    RunnerBench bench = bench(container("main", "", "echo once"));
    List<Process> runs = List.of(bench.start(), bench.start(), bench.start());
    for (Process run : runs) {
      run.waitFor();
    }
    assertThat(bench.log("main")).isEqualTo("once\n");
  }

  @Test
  void the_claim_names_the_process_for_ever() throws Exception {
    RunnerBench bench = bench(container("main", "", "echo"));
    Process runner = bench.start();
    runner.waitFor();
    assertThat(Files.readString(bench.path("state/claimed/process")))
        .matches(runner.pid() + " [0-9]+ [0-9a-f-]{36} \\S+\n");
  }

  @Test
  void secrets_are_gone_when_the_job_has_ended() throws Exception {
    RunnerBench bench = new RunnerBench(backend, withVolumes(container("main", "", "echo")));
    assertThat(bench.path("volumes/token/deep/key")).exists();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(bench.path("volumes/token/deep/key"))))
        .isEqualTo("r--------");
    bench.run();
    assertThat(bench.path("volumes/token")).doesNotExist();
    assertThat(bench.path("volumes/scratch")).doesNotExist();
    assertThat(bench.path("containers")).doesNotExist();
    assertThat(bench.path("volumes/plain/name")).hasContent("public");
  }

  @Test
  void nobody_else_can_read_what_a_job_leaves() throws Exception {
    RunnerBench bench = new RunnerBench(backend, withVolumes(container("main", "", "echo hello")));
    bench.run();
    for (String folder : List.of("state", "logs", "pod", "volumes")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.path(folder))))
          .isEqualTo("rwx------");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(bench.path("logs/main.log"))))
        .isEqualTo("rw-------");
  }

  @Test
  void what_a_container_leaves_running_ends_with_it() throws Exception {
    RunnerBench bench = bench(container("main", "", "sleep 600 & echo $!"));
    assertThat(bench.run()).isZero();
    Path left = Path.of("/proc", bench.log("main").strip(), "stat");
    await().until(() -> !Files.exists(left) || Files.readString(left).contains(") Z "));
  }

  @Test
  void a_working_directory_that_is_not_there_is_told() throws Exception {
    ContainerSpec spec =
        new ContainerSpec(
            new ContainerName("main"),
            "",
            List.of("pwd"),
            List.of(),
            List.of(),
            Optional.of("/no/such/place"),
            List.of());
    RunnerBench bench = bench(spec);
    assertThat(bench.run()).isEqualTo(128);
    assertThat(bench.events())
        .anyMatch(
            fact ->
                fact instanceof JobReport.ContainerEnded end
                    && end.message().contains("/no/such/place"));
  }

  private RunnerBench bench(ContainerSpec... containers) throws Exception {
    return new RunnerBench(backend, pod(freshUid(), containers));
  }

  private static List<String> ends(RunnerBench bench) throws Exception {
    return bench.events().stream()
        .flatMap(
            fact ->
                fact instanceof JobReport.ContainerEnded end
                    ? Stream.of(end.container() + "=" + end.exitCode())
                    : Stream.empty())
        .toList();
  }

  private static JobRequest withVolumes(ContainerSpec container) {
    return new JobRequest(
        freshUid(),
        "default",
        "volumes",
        List.of(),
        List.of(container),
        RestartPolicy.NEVER,
        List.of(
            new Volume.EmptyDir(new VolumeName("scratch")),
            files("token", true, new Volume.File("deep/key", "secret".getBytes(UTF_8), 0400)),
            files("plain", false, new Volume.File("name", "public".getBytes(UTF_8), 0644))),
        Resources.SITE_DEFAULTS,
        Duration.ofSeconds(5),
        Optional.empty());
  }

  private static Volume files(String name, boolean secret, Volume.File file) {
    return new Volume.Files(new VolumeName(name), List.of(file), secret);
  }
}
