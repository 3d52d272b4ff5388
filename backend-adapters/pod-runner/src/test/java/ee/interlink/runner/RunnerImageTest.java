package ee.interlink.runner;

import static ee.interlink.batch.Pods.authenticated;
import static ee.interlink.batch.Pods.pod;
import static ee.interlink.runner.FakeApptainer.container;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerCare;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.ImageState;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.batch.PullPolicy;
import ee.interlink.batch.RegistryAuth;
import ee.interlink.batch.RestartPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a container comes to its image, with an Apptainer that is none. */
class RunnerImageTest {
  private static final String SHOW = "cat \"$RUNNING_IMAGE\"";

  @TempDir Path backend;
  @TempDir Path elsewhere;
  private FakeApptainer apptainer;

  @BeforeEach
  void registry() throws Exception {
    apptainer = new FakeApptainer(elsewhere.resolve("fake")).has("app", "first");
  }

  @Test
  void a_container_runs_once_its_image_has_been_pulled() throws Exception {
    apptainer.close();
    RunnerBench bench = bench(PullPolicy.IF_NOT_PRESENT, SHOW);
    Process runner = bench.start();
    await().until(() -> apptainer.pulls().size() == 1);
    assertThat(told(bench)).containsExactly("PULLING 0");
    apptainer.open();
    end(runner, 0);
    assertThat(bench.log("main")).isEqualTo("first");
    assertThat(told(bench)).containsExactly("PULLING 0", "started 0", "ended 0");
    assertThat(bench.state().reports()).containsExactlyInAnyOrderElementsOf(bench.events());
    assertThat(apptainer.calls().get(0)).matches("-s pull --no-https ../images/\\S+ docker://app");
  }

  @Test
  void of_ten_jobs_at_once_one_pulls() throws Exception {
    apptainer.close();
    List<RunnerBench> benches = new ArrayList<>();
    List<Process> runners = startTen(PullPolicy.IF_NOT_PRESENT, benches);
    apptainer.open();
    for (Process runner : runners) {
      end(runner, 0);
    }
    assertThat(apptainer.pulls()).hasSize(1);
    for (RunnerBench bench : benches) {
      assertThat(bench.log("main")).isEqualTo("first");
    }
  }

  @Test
  void of_ten_jobs_at_once_that_always_ask_one_more_asks_than_was_already_asking()
      throws Exception {
    apptainer.close();
    List<Process> runners = startTen(PullPolicy.ALWAYS, new ArrayList<>());
    apptainer.open();
    for (Process runner : runners) {
      end(runner, 0);
    }
    assertThat(apptainer.pulls()).hasSizeBetween(1, 2);
  }

  private List<Process> startTen(PullPolicy policy, List<RunnerBench> benches) throws Exception {
    List<Process> runners = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RunnerBench bench = bench(policy, SHOW);
      benches.add(bench);
      runners.add(bench.start());
    }
    for (RunnerBench bench : benches) {
      await().until(() -> told(bench).contains("PULLING 0"));
    }
    return runners;
  }

  @Test
  void the_next_job_finds_it_and_says_nothing() throws Exception {
    bench(PullPolicy.IF_NOT_PRESENT, "").run();
    apptainer.has("app", "second");
    RunnerBench bench = bench(PullPolicy.IF_NOT_PRESENT, SHOW);
    assertThat(bench.run()).isZero();
    assertThat(bench.log("main")).isEqualTo("first");
    assertThat(told(bench)).containsExactly("started 0", "ended 0");
    assertThat(apptainer.pulls()).hasSize(1);
  }

  @Test
  void who_always_asks_gets_what_the_registry_has_now() throws Exception {
    bench(PullPolicy.ALWAYS, "").run();
    apptainer.has("app", "second");
    RunnerBench bench = bench(PullPolicy.ALWAYS, SHOW);
    bench.run();
    assertThat(bench.log("main")).isEqualTo("second");
  }

  @Test
  void what_a_container_runs_from_stays_though_another_has_pulled_anew() throws Exception {
    Path go = elsewhere.resolve("go");
    RunnerBench old =
        bench(PullPolicy.ALWAYS, "echo up; until [ -e " + go + " ]; do sleep 0.1; done; " + SHOW);
    Process runner = old.start();
    old.awaitLog("main", "up");
    apptainer.has("app", "second");
    bench(PullPolicy.ALWAYS, SHOW).run();
    Files.createFile(go);
    end(runner, 0);
    assertThat(old.log("main")).isEqualTo("up\nfirst");
  }

  @Test
  void jobs_that_always_ask_share_one_file_as_long_as_it_is_the_same() throws Exception {
    bench(PullPolicy.ALWAYS, "").run();
    Object before = fileKey(images().get(0));
    bench(PullPolicy.ALWAYS, "").run();
    assertThat(images()).hasSize(1);
    assertThat(fileKey(images().get(0))).isEqualTo(before);
    assertThat(apptainer.pulls()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(PullPolicy.class)
  void a_run_that_is_not_the_first_pulls_only_if_always(PullPolicy policy) throws Exception {
    bench(PullPolicy.IF_NOT_PRESENT, "").run();
    String count = "echo >>" + elsewhere + "/runs; [ $(wc -l <" + elsewhere + "/runs) -ge 3 ]";
    RunnerBench bench =
        apptainer.bench(
            backend, request(RestartPolicy.ON_FAILURE, container("app", policy, count)));
    assertThat(bench.run()).isZero();
    assertThat(apptainer.pulls()).hasSize(policy == PullPolicy.ALWAYS ? 4 : 1);
  }

  @Test
  void an_image_that_is_never_pulled_is_waited_for() throws Exception {
    RunnerBench bench = bench(PullPolicy.NEVER, SHOW);
    Process runner = bench.start();
    await().until(() -> told(bench).contains("NOT_PRESENT 0"));
    assertThat(apptainer.pulls()).isEmpty();
    bench(PullPolicy.IF_NOT_PRESENT, "").run();
    end(runner, 0);
    assertThat(bench.log("main")).isEqualTo("first");
  }

  @Test
  void a_pull_that_fails_is_told_with_its_words_and_tried_again() throws Exception {
    RunnerBench bench =
        apptainer.bench(
            backend,
            request(RestartPolicy.NEVER, container("late", PullPolicy.IF_NOT_PRESENT, SHOW)));
    Process runner = bench.start();
    await().until(() -> apptainer.pulls().size() == 3);
    apptainer.has("late", "here");
    end(runner, 0);
    assertThat(bench.log("main")).isEqualTo("here");
    assertThat(told(bench))
        .startsWith("PULLING 0", "PULL_FAILED 0", "BACKING_OFF 0", "PULL_FAILED 0", "BACKING_OFF 0")
        .endsWith("started 0", "ended 0");
    assertThat(words(bench))
        .containsExactly("While making image: reading manifest late: manifest unknown");
  }

  @Test
  void a_name_that_is_none_is_not_tried_again() throws Exception {
    RunnerBench bench =
        apptainer.bench(
            backend, request(RestartPolicy.ALWAYS, container("No", PullPolicy.IF_NOT_PRESENT, "")));
    Process runner = bench.start();
    await().until(() -> told(bench).contains("INVALID_NAME 0"));
    runner.destroy();
    end(runner, 143);
    assertThat(apptainer.pulls()).hasSize(1);
    assertThat(told(bench)).containsExactly("PULLING 0", "INVALID_NAME 0", "ended 143");
    assertThat(words(bench)).singleElement().asString().contains("invalid reference format");
  }

  @Test
  void a_private_image_is_not_run_by_who_does_not_know_the_secret() throws Exception {
    apptainer.has("private", "secret");
    ContainerSpec container = container("private", PullPolicy.IF_NOT_PRESENT, SHOW);
    RunnerBench friend =
        apptainer.bench(
            backend,
            authenticated(request(RestartPolicy.NEVER, container), new RegistryAuth("{}")));
    friend.run();
    assertThat(friend.log("main")).isEqualTo("secret");
    RunnerBench stranger = apptainer.bench(backend, request(RestartPolicy.NEVER, container));
    Process runner = stranger.start();
    await().until(() -> told(stranger).contains("BACKING_OFF 0"));
    runner.destroy();
    end(runner, 143);
    assertThat(stranger.log("main")).isEmpty();
  }

  @Test
  void a_pull_ends_when_the_pod_is_told_to_end() throws Exception {
    apptainer.close();
    RunnerBench bench = bench(PullPolicy.IF_NOT_PRESENT, "echo never");
    Process runner = bench.start();
    await().until(() -> apptainer.pulls().size() == 1);
    runner.destroy();
    end(runner, 143);
    assertThat(told(bench)).containsExactly("PULLING 0", "ended 143");
    assertThat(left()).noneMatch(name -> name.startsWith("new-"));
    apptainer.open();
    assertThat(bench(PullPolicy.IF_NOT_PRESENT, "").run()).as("the lock is free").isZero();
  }

  @Test
  void a_path_is_used_as_it_is_and_one_that_is_not_there_is_waited_for() throws Exception {
    Path image = elsewhere.resolve("image-folder");
    RunnerBench bench =
        apptainer.bench(
            backend,
            request(
                RestartPolicy.NEVER,
                container(image.toString(), PullPolicy.ALWAYS, "echo $RUNNING_IMAGE")));
    Process runner = bench.start();
    await().until(() -> told(bench).contains("BACKING_OFF 0"));
    Files.createDirectory(image);
    end(runner, 0);
    assertThat(bench.log("main")).isEqualTo(image + "\n");
    assertThat(words(bench)).containsExactly(image + " is not there");
    assertThat(apptainer.pulls()).isEmpty();
  }

  /** Until Apptainer has made its /dev the runner looks for it, with a time limit to each look. */
  @Test
  void a_container_that_is_told_to_end_while_apptainer_begins_is_ended() throws Exception {
    ContainerCare saying =
        new ContainerCare(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.of("/dev/termination-log"),
            false);
    ContainerSpec main = container("app", PullPolicy.IF_NOT_PRESENT, "echo begun; exec sleep 600");
    RunnerBench bench =
        apptainer.bench(backend, request(RestartPolicy.NEVER, Pods.withCare(main, saying)));
    Process runner = bench.start();
    bench.awaitLog("main", "begun");
    runner.destroy();
    end(runner, 143);
  }

  private RunnerBench bench(PullPolicy policy, String script) throws Exception {
    return apptainer.bench(backend, request(RestartPolicy.NEVER, container("app", policy, script)));
  }

  private static JobRequest request(RestartPolicy restart, ContainerSpec container) {
    return pod(restart, List.of(), List.of(container), List.of());
  }

  private static void end(Process runner, int code) throws InterruptedException {
    assertThat(runner.waitFor(20, SECONDS)).as("the runner ends").isTrue();
    assertThat(runner.exitValue()).isEqualTo(code);
  }

  private List<Path> images() throws IOException {
    try (Stream<Path> files = Files.list(backend.resolve("images"))) {
      return files.filter(file -> file.toString().endsWith(".sif")).toList();
    }
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(backend.resolve("images"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Object fileKey(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  private static List<JobReport> of(RunnerBench bench) throws IOException {
    String pod = bench.path("").getFileName().toString();
    return bench.events().stream().filter(fact -> fact.pod().value().equals(pod)).toList();
  }

  /** What became of the container, in the order of its times. */
  private static List<String> told(RunnerBench bench) throws IOException {
    record Told(long at, int step, String text) {}

    List<Told> told = new ArrayList<>();
    for (JobReport report : of(bench)) {
      if (report instanceof JobReport.ContainerImage image) {
        told.add(new Told(image.at().toEpochMilli(), 0, image.state() + " " + image.restarts()));
      } else if (report instanceof JobReport.ContainerStarted start) {
        told.add(new Told(start.at().toEpochMilli(), 1, "started " + start.restarts()));
      } else if (report instanceof JobReport.ContainerEnded end) {
        told.add(new Told(end.at().toEpochMilli(), 2, "ended " + end.exitCode()));
      }
    }
    return told.stream()
        .sorted(Comparator.comparingLong(Told::at).thenComparingInt(Told::step))
        .map(Told::text)
        .toList();
  }

  /** The last that was said of an image's failure: only that is kept. */
  private static List<String> words(RunnerBench bench) throws IOException {
    return of(bench).stream()
        .filter(JobReport.ContainerImage.class::isInstance)
        .map(JobReport.ContainerImage.class::cast)
        .filter(image -> image.state() != ImageState.PULLING)
        .map(JobReport.ContainerImage::message)
        .filter(words -> !words.isEmpty())
        .distinct()
        .toList();
  }
}
