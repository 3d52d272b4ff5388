package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.PodUid;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One job directory of its own, and the real script run in it. */
final class RunnerBench {
  private static final long PATIENCE_SECONDS = 30;
  private static final RestartBackoff SHORT = RestartBackoff.from(Duration.ofMillis(300));

  private final Path backend;
  private final PodUid pod;
  private final JobDirectory directory;
  private final Map<String, String> environment =
      new HashMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", "/nowhere"));

  RunnerBench(Path backend, JobRequest request) throws Exception {
    this(backend, request, usual(SHORT));
  }

  RunnerBench(Path backend, JobRequest request, RestartBackoff backoff) throws Exception {
    this(backend, request, usual(backoff));
  }

  RunnerBench(Path backend, JobRequest request, RunnerSettings settings) throws Exception {
    this(backend, request, new ContainerRuntime.Processes(), settings);
  }

  private static RunnerSettings usual(RestartBackoff backoff) {
    return new RunnerSettings(backoff, RunnerSettings.USUAL.logLimitMebibytes());
  }

  RunnerBench(Path backend, JobRequest request, ContainerRuntime runtime) throws Exception {
    this(backend, request, runtime, usual(SHORT));
  }

  private RunnerBench(
      Path backend, JobRequest request, ContainerRuntime runtime, RunnerSettings settings)
      throws Exception {
    this.backend = backend;
    this.pod = request.pod();
    this.directory = new JobDirectory(backend.toString(), pod);
    Files.createDirectories(Path.of(directory.path()));
    Files.createDirectories(Path.of(JobDirectory.spool(backend.toString())));
    unpack(JobFiles.of(request, runtime, settings));
  }

  private void unpack(List<JobFile> files) throws Exception {
    Process tar =
        new ProcessBuilder("tar", "-x", "-p", "-o", "-f", "-", "-C", directory.path())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream in = tar.getOutputStream()) {
      JobArchive.write(files, in);
    }
    assertThat(tar.waitFor()).isZero();
  }

  /** A variable of the account's or the scheduler's environment. */
  RunnerBench with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Process start() throws IOException {
    return start("", "");
  }

  /** As a batch system does that may start its job a second time. */
  Process startAs(String job) throws IOException {
    return start("75", job);
  }

  private Process start(String status, String job) throws IOException {
    ProcessBuilder runner =
        new ProcessBuilder("setsid", "bash", directory.script(), directory.path(), status, job);
    runner.environment().clear();
    runner.environment().putAll(environment);
    return runner
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(path("runner.log").toFile()))
        .start();
  }

  /** Runs to the end; the runner's exit code. */
  int run() throws Exception {
    Process runner = start();
    assertThat(runner.waitFor(PATIENCE_SECONDS, SECONDS)).as("the runner ends").isTrue();
    return runner.exitValue();
  }

  Path path(String relative) {
    return Path.of(directory.path()).resolve(relative);
  }

  byte[] logBytes(String container) throws IOException {
    return logBytes(container, LogFile.Kind.OUTPUT);
  }

  private byte[] logBytes(String container, LogFile.Kind kind) throws IOException {
    Path log = Path.of(directory.log(new LogFile(new ContainerName(container), kind)));
    return Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
  }

  String log(String container) throws IOException {
    return new String(logBytes(container), UTF_8);
  }

  String log(String container, LogFile.Kind kind) throws IOException {
    return new String(logBytes(container, kind), UTF_8);
  }

  void awaitLog(String container, String content) {
    await().atMost(PATIENCE_SECONDS, SECONDS).until(() -> log(container).contains(content));
  }

  void awaitState(String file) {
    await()
        .atMost(PATIENCE_SECONDS, SECONDS)
        .until(() -> Files.exists(path(JobDirectory.STATE).resolve(file)));
  }

  /** Lets the next run begin. */
  void endPause(String container) throws Exception {
    String group = Files.readString(path("state/" + container + ".pause")).strip();
    assertThat(new ProcessBuilder("kill", group).start().waitFor()).isZero();
  }

  /** What the spool tells, in no order. */
  List<JobReport> events() throws IOException {
    List<JobReport> events = new ArrayList<>();
    StateFiles state = state();
    for (String name : names(backend.resolve(JobDirectory.SPOOL))) {
      events.add(state.report(SpoolEntry.parse(name).orElseThrow()));
    }
    return events;
  }

  StateFiles state() throws IOException {
    Map<String, String> contents = new HashMap<>();
    for (String name : names(path(JobDirectory.STATE))) {
      Path file = path(JobDirectory.STATE).resolve(name);
      if (Files.isRegularFile(file)) {
        contents.put(name, Files.readString(file));
      }
    }
    return new StateFiles(pod, contents);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
