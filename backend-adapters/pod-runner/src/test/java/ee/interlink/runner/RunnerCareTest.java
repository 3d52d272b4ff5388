package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.pod;
import static ee.interlink.batch.Pods.withCare;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerCare;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.Handler;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Probe;
import ee.interlink.batch.Probe.Kind;
import ee.interlink.batch.RestartPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes, hooks and sidecars of plain processes. */
class RunnerCareTest {
  private static final ContainerCare NONE = ContainerCare.NONE;

  @TempDir Path backend;
  @TempDir Path outside;

  @Test
  void a_container_that_is_not_alive_is_ended_and_started_again() throws Exception {
    Path sick = outside.resolve("sick");
    RunnerBench bench =
        bench(
            RestartPolicy.ALWAYS,
            probed("rm -f " + sick + "; echo begun; exec sleep 600", live(check("! -e " + sick))));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    Files.createFile(sick);
    await()
        .atMost(20, SECONDS)
        .until(() -> told(bench, JobReport.ContainerStarted.class).anyMatch(s -> s.restarts() > 0));
    // The next run may be asked before it has come to its rm, and is ended too.
    assertThat(told(bench, JobReport.ContainerEnded.class))
        .anyMatch(end -> end.restarts() == 0)
        .allMatch(end -> end.exitCode() == 143);
    assertThat(told(bench, JobReport.ContainerUnhealthy.class))
        .anyMatch(
            word ->
                word.trouble() == JobReport.Trouble.LIVENESS
                    && word.message().startsWith("Liveness probe failed:"))
        .anyMatch(word -> word.trouble() == JobReport.Trouble.NOT_ALIVE);
    end(runner);
  }

  @Test
  void a_container_that_does_not_start_in_time_is_ended_and_told_of() throws Exception {
    Probe probe = new Probe(Kind.STARTUP, exec("false"), 0, 1, 1, 1, 2, OptionalLong.empty());
    RunnerBench bench = bench(RestartPolicy.NEVER, probed("exec sleep 600", probe));
    assertThat(bench.run()).isEqualTo(143);
    assertThat(told(bench, JobReport.ContainerUnhealthy.class))
        .extracting(JobReport.ContainerUnhealthy::trouble)
        .contains(JobReport.Trouble.NOT_STARTED);
  }

  @Test
  void a_probe_may_have_a_grace_period_of_its_own() throws Exception {
    Probe probe = new Probe(Kind.LIVENESS, exec("false"), 0, 1, 1, 1, 1, OptionalLong.of(1));
    RunnerBench bench =
        bench(RestartPolicy.NEVER, probed("trap '' TERM; while :; do sleep 0.1; done", probe));
    assertThat(bench.run()).isEqualTo(137);
  }

  @Test
  void a_container_is_ready_as_long_as_its_probe_says_so() throws Exception {
    Path ready = outside.resolve("ready");
    Probe probe = probe(Kind.READINESS, check("-e " + ready));
    RunnerBench bench = bench(RestartPolicy.NEVER, probed("exec sleep 600", probe));
    Process runner = bench.start();
    bench.awaitState("main.up");
    assertThat(told(bench, JobReport.ContainerReady.class)).isEmpty();
    Files.createFile(ready);
    awaitReady(bench, true);
    Files.delete(ready);
    awaitReady(bench, false);
    end(runner);
  }

  @Test
  void no_probe_is_asked_before_the_startup_probe_is_good() throws Exception {
    Path up = outside.resolve("up");
    Path asked = outside.resolve("asked");
    RunnerBench bench =
        bench(
            RestartPolicy.NEVER,
            probed(
                "exec sleep 600",
                new Probe(Kind.STARTUP, check("-e " + up), 0, 1, 1, 1, 100, OptionalLong.empty()),
                live(exec("touch " + asked))));
    Process runner = bench.start();
    await()
        .atMost(20, SECONDS)
        .until(() -> told(bench, JobReport.ContainerUnhealthy.class).findAny().isPresent());
    assertThat(asked).doesNotExist();
    assertThat(told(bench, JobReport.ContainerUp.class)).isEmpty();
    Files.createFile(up);
    bench.awaitState("main.up");
    await().atMost(20, SECONDS).until(() -> Files.exists(asked));
    end(runner);
  }

  @Test
  void a_probe_that_takes_too_long_is_bad() throws Exception {
    RunnerBench bench =
        bench(RestartPolicy.NEVER, probed("exec sleep 600", live(exec("sleep 600"))));
    assertThat(bench.run()).isEqualTo(143);
    assertThat(told(bench, JobReport.ContainerUnhealthy.class))
        .allMatch(word -> word.message().contains("timed out after 1 s"));
  }

  @Test
  void a_container_runs_once_its_first_hook_is_over() throws Exception {
    Path gate = outside.resolve("gate");
    RunnerBench bench =
        bench(
            RestartPolicy.NEVER,
            hooked(
                "echo begun; exec sleep 600",
                started("until [ -e " + gate + " ]; do sleep 0.1; done")));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    assertThat(told(bench, JobReport.ContainerStarted.class).toList()).hasSizeLessThan(1);
    Files.createFile(gate);
    await()
        .atMost(20, SECONDS)
        .until(() -> !told(bench, JobReport.ContainerStarted.class).toList().isEmpty());
    end(runner);
  }

  @Test
  void a_container_whose_first_hook_fails_is_ended() throws Exception {
    RunnerBench bench =
        bench(RestartPolicy.NEVER, hooked("exec sleep 600", started("echo no luck; exit 3")));
    assertThat(bench.run()).isEqualTo(143);
    assertThat(told(bench, JobReport.ContainerUnhealthy.class))
        .anyMatch(
            word ->
                word.trouble() == JobReport.Trouble.POST_START
                    && word.message().contains("no luck"));
  }

  @Test
  void the_last_hook_comes_before_term_and_sees_the_containers_variables() throws Exception {
    Path story = outside.resolve("story");
    ContainerSpec main =
        Pods.withEnv(
            hooked(
                "trap 'echo term >>"
                    + story
                    + "; exit 0' TERM; echo begun; while :; do sleep 0.1; done",
                stopped("echo hook $WHO >>" + story)),
            List.of(new ee.interlink.batch.EnvVar("WHO", "me")));
    RunnerBench bench = bench(RestartPolicy.NEVER, main);
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    end(runner);
    assertThat(story).hasContent("hook me\nterm");
  }

  @Test
  void a_last_hook_that_takes_all_the_time_leaves_the_container_two_seconds() throws Exception {
    Path story = outside.resolve("story");
    RunnerBench bench =
        bench(
            RestartPolicy.NEVER,
            hooked(
                "trap 'echo term >>"
                    + story
                    + "; exit 0' TERM; echo begun; while :; do sleep 0.1; done",
                stopped("exec sleep 600")));
    Files.write(bench.path("grace"), JobFiles.seconds(Duration.ofSeconds(1)));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    end(runner);
    assertThat(story).hasContent("term");
  }

  @Test
  void whoever_does_not_heed_term_after_such_a_hook_is_killed_two_seconds_later() throws Exception {
    Path story = outside.resolve("story");
    RunnerBench bench =
        bench(
            RestartPolicy.NEVER,
            hooked(
                "trap 'date +%s%3N >>" + story + "' TERM; echo begun; while :; do sleep 0.1; done",
                care(List.of(), Optional.empty(), Optional.of(new Handler.Sleep(600)), false)));
    Files.write(bench.path("grace"), JobFiles.seconds(Duration.ofSeconds(1)));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    end(runner);
    long term = Long.parseLong(Files.readString(story).strip());
    assertThat(told(bench, JobReport.ContainerEnded.class))
        .allMatch(end -> end.exitCode() == 137 && end.at().toEpochMilli() - term >= 1900);
  }

  @Test
  void sidecars_begin_before_the_others_and_end_after_them() throws Exception {
    Path story = outside.resolve("story");
    RunnerBench bench =
        new RunnerBench(
            backend,
            pod(
                Pods.freshUid(),
                List.of(sidecar("one", story), sidecar("two", story)),
                List.of(container("main", "", "echo main >>" + story))));
    assertThat(bench.run()).isZero();
    assertThat(story).hasContent("begin one\nbegin two\nmain\nend two\nend one");
    assertThat(told(bench, JobReport.ContainerEnded.class)).hasSize(3);
  }

  @Test
  void told_to_end_the_others_go_before_the_sidecars() throws Exception {
    Path story = outside.resolve("story");
    RunnerBench bench =
        new RunnerBench(
            backend,
            pod(
                Pods.freshUid(),
                List.of(sidecar("one", story)),
                List.of(
                    container(
                        "main",
                        "",
                        "trap 'sleep 0.5; echo end main >>"
                            + story
                            + "; exit 0' TERM; echo begun; while :; do sleep 0.1; done"))));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    end(runner);
    assertThat(story).hasContent("begin one\nend main\nend one");
  }

  @Test
  void a_sidecar_that_ends_is_started_again_whatever_the_pods_policy() throws Exception {
    Path runs = outside.resolve("runs");
    ContainerSpec sidecar =
        withCare(
            container(
                "side",
                "",
                "echo run >>" + runs + "; [ $(wc -l <" + runs + ") -lt 2 ] || exec sleep 600"),
            care(List.of(), Optional.empty(), Optional.empty(), true));
    RunnerBench bench =
        new RunnerBench(
            backend,
            pod(
                Pods.freshUid(),
                List.of(sidecar),
                List.of(
                    container(
                        "main", "", "until [ $(wc -l <" + runs + ") = 2 ]; do sleep 0.1; done"))));
    assertThat(bench.run()).isZero();
    assertThat(told(bench, JobReport.RunnerEnded.class)).allMatch(last -> last.restarts() == 1);
  }

  @Test
  void a_failure_may_leave_the_end_of_its_log_as_its_message() throws Exception {
    ContainerSpec main =
        withCare(
            container("main", "", "echo first; echo last; exit 4"),
            new ContainerCare(
                List.of(), Optional.empty(), Optional.empty(), false, Optional.empty(), true));
    RunnerBench bench = bench(RestartPolicy.NEVER, main);
    assertThat(bench.run()).isEqualTo(4);
    assertThat(told(bench, JobReport.ContainerEnded.class))
        .allMatch(end -> end.message().equals("first\nlast") && end.exitCode() == 4);
    assertThat(bench.state().reports())
        .containsAll(told(bench, JobReport.ContainerEnded.class).toList());
  }

  private static ContainerSpec sidecar(String name, Path story) {
    return withCare(
        container(
            name,
            "",
            "echo begin "
                + name
                + " >>"
                + story
                + "; trap 'echo end "
                + name
                + " >>"
                + story
                + "; exit 0' TERM; touch up; while :; do sleep 0.1; done"),
        care(
            List.of(probe(Kind.STARTUP, check("-e up"))),
            Optional.empty(),
            Optional.empty(),
            true));
  }

  private static ContainerSpec probed(String script, Probe... probes) {
    return withCare(
        container("main", "", script),
        care(List.of(probes), Optional.empty(), Optional.empty(), false));
  }

  private static ContainerSpec hooked(String script, ContainerCare care) {
    return withCare(container("main", "", script), care);
  }

  private static ContainerCare started(String script) {
    return care(List.of(), Optional.of(exec(script)), Optional.empty(), false);
  }

  private static ContainerCare stopped(String script) {
    return care(List.of(), Optional.empty(), Optional.of(exec(script)), false);
  }

  private static ContainerCare care(
      List<Probe> probes, Optional<Handler> first, Optional<Handler> last, boolean sidecar) {
    return new ContainerCare(
        probes, first, last, sidecar, NONE.messagePath(), NONE.messageFromLog());
  }

  private static Probe live(Handler handler) {
    return probe(Kind.LIVENESS, handler);
  }

  private static Probe probe(Kind kind, Handler handler) {
    int failures = kind == Kind.STARTUP ? 100 : 1;
    return new Probe(kind, handler, 0, 1, 1, 1, failures, OptionalLong.empty());
  }

  private static Handler check(String condition) {
    return exec("[ " + condition + " ]");
  }

  private static Handler exec(String script) {
    return new Handler.Exec(List.of("sh", "-c", script));
  }

  private RunnerBench bench(RestartPolicy policy, ContainerSpec main) throws Exception {
    return new RunnerBench(backend, pod(policy, List.of(), List.of(main), List.of()));
  }

  private static <T extends JobReport> Stream<T> told(RunnerBench bench, Class<T> kind)
      throws Exception {
    return bench.events().stream().filter(kind::isInstance).map(kind::cast);
  }

  private static void awaitReady(RunnerBench bench, boolean ready) {
    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                told(bench, JobReport.ContainerReady.class)
                    .max(java.util.Comparator.comparing(JobReport.ContainerReady::at))
                    .filter(word -> word.ready() == ready)
                    .isPresent());
  }

  private static void end(Process runner) throws Exception {
    runner.destroy();
    assertThat(runner.waitFor(30, SECONDS)).isTrue();
  }
}
