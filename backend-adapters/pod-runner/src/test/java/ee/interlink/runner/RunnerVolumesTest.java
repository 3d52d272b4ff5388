package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.Pods;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain processes find a volume from where they start, though nobody mounts it for them. */
class RunnerVolumesTest {
  private static final VolumeName SCRATCH = new VolumeName("scratch");
  private static final String VOLUME = "../../volumes/scratch";
  private static final Bytes A_MEBIBYTE = Bytes.ofMebibytes(1);

  @TempDir Path backend;

  @Test
  void an_empty_volume_is_open_to_all_within_a_folder_that_is_open_to_none() throws Exception {
    RunnerBench bench = bench(onDisk(), RestartPolicy.NEVER, "umask; stat -c %a " + VOLUME);
    assertThat(mode(bench.path("volumes/scratch"))).isEqualTo("rwxrwxrwx");
    assertThat(mode(bench.path("volumes"))).isEqualTo("rwx------");
    assertThat(bench.run()).isZero();
    assertThat(bench.log("main")).endsWith("777\n");
  }

  @Test
  void a_pod_that_fills_a_volume_beyond_its_limit_is_evicted() throws Exception {
    RunnerBench bench =
        bench(
            new Volume.EmptyDir(SCRATCH, false, Optional.of(A_MEBIBYTE)),
            RestartPolicy.ALWAYS,
            "head -c 2000000 /dev/zero >" + VOLUME + "/big; exec sleep 600");
    assertThat(bench.run()).isEqualTo(143);
    assertThat(bench.events())
        .containsExactlyInAnyOrderElementsOf(bench.state().reports())
        .anyMatch(fact -> fact instanceof JobReport.Evicted why && why.volume().equals(SCRATCH))
        .anyMatch(fact -> fact instanceof JobReport.ContainerEnded end && end.exitCode() == 143)
        .anyMatch(fact -> fact instanceof JobReport.RunnerEnded end && end.terminated());
    assertThat(bench.path("volumes/scratch")).doesNotExist();
  }

  @Test
  void a_volume_within_its_limit_disturbs_nobody() throws Exception {
    RunnerBench bench =
        bench(
            new Volume.EmptyDir(SCRATCH, true, Optional.of(A_MEBIBYTE)),
            RestartPolicy.NEVER,
            "head -c 500000 /dev/zero >" + VOLUME + "/small; exec sleep 11");
    assertThat(bench.run()).isZero();
    assertThat(bench.events()).noneMatch(JobReport.Evicted.class::isInstance);
  }

  @Test
  void a_volume_in_memory_is_private_and_goes_with_the_job() throws Exception {
    RunnerBench bench =
        bench(
            inMemory(),
            RestartPolicy.NEVER,
            "echo x >"
                + VOLUME
                + "/f && cd "
                + VOLUME
                + "/. && pwd -P && stat -f -c %T . &&"
                + " stat -c %a . .. && ls -l /proc/self/fd | grep -c /lock");
    assertThat(bench.run()).as("nothing found: no descriptor of the lock is left open").isOne();
    List<String> said = bench.log("main").lines().toList();
    assertThat(said.subList(1, 5)).containsExactly("tmpfs", "777", "700", "0");
    assertThat(Path.of(said.get(0)).getParent()).doesNotExist();
    assertThat(Files.isSymbolicLink(bench.path("volumes/scratch"))).isFalse();
  }

  @Test
  void a_volume_in_memory_goes_with_a_runner_that_is_killed() throws Exception {
    RunnerBench bench = sleeper();
    Process runner = bench.start();
    Path memory = memory(bench);
    runner.destroyForcibly();
    await().until(() -> !Files.exists(memory));
  }

  @Test
  void what_a_job_leaves_in_memory_whose_processes_are_all_killed_goes_with_a_later_job()
      throws Exception {
    RunnerBench bench = sleeper();
    Process runner = bench.start();
    Path memory = memory(bench);
    RunnerBench meanwhile = bench(inMemory(), RestartPolicy.NEVER, "true");
    assertThat(meanwhile.run()).isZero();
    assertThat(memory).as("of a job that runs").exists();
    List<String> all =
        Stream.concat(Stream.of(runner.toHandle()), runner.descendants())
            .map(process -> Long.toString(process.pid()))
            .toList();
    for (String signal : List.of("-STOP", "-KILL")) {
      List<String> kill = Stream.concat(Stream.of("kill", signal), all.stream()).toList();
      assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
    }
    runner.waitFor();
    assertThat(memory).exists();
    assertThat(bench(onDisk(), RestartPolicy.NEVER, "true").run()).isZero();
    assertThat(memory).doesNotExist();
  }

  private RunnerBench sleeper() throws Exception {
    return bench(
        inMemory(), RestartPolicy.NEVER, "cd -P " + VOLUME + "/.. && pwd -P && exec sleep 600");
  }

  private static Path memory(RunnerBench bench) throws Exception {
    bench.awaitLog("main", "\n");
    Path memory = Path.of(bench.log("main").strip());
    assumeTrue(Files.getFileStore(Path.of("/dev/shm")).type().equals("tmpfs"), "no tmpfs");
    assertThat(memory).startsWith(Path.of("/dev/shm"));
    return memory;
  }

  private RunnerBench bench(Volume volume, RestartPolicy policy, String script) throws Exception {
    return new RunnerBench(
        backend,
        Pods.pod(policy, List.of(), List.of(container("main", "", script)), List.of(volume)));
  }

  private static Volume onDisk() {
    return new Volume.EmptyDir(SCRATCH);
  }

  private static Volume inMemory() {
    return new Volume.EmptyDir(SCRATCH, true, Optional.empty());
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
