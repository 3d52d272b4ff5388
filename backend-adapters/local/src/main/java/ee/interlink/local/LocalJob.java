package ee.interlink.local;

import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.PodUid;
import ee.interlink.runner.JobDirectory;
import ee.interlink.runner.JobFiles;
import ee.interlink.runner.StateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One job as its directory and its process show it. */
final class LocalJob {
  /** What a runner may need beyond the grace period to see the end of its containers. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final JobDirectory directory;

  LocalJob(Path backend, PodUid pod) {
    this.directory = new JobDirectory(backend.toString(), pod);
  }

  Path path() {
    return Path.of(directory.path());
  }

  Path script() {
    return Path.of(directory.script());
  }

  Path runnerLog() {
    return Path.of(directory.runnerLog());
  }

  Path log(LogFile file) {
    return Path.of(directory.log(file));
  }

  /** The process that took this job; empty as long as none has. */
  Optional<RunnerProcess> claim() throws IOException {
    try {
      return RunnerProcess.ofClaim(Files.readString(Path.of(directory.claim())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  StateFiles state() throws IOException {
    Map<String, String> contents = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(directory.state()))) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          contents.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      contents.clear(); // discarded, perhaps just now
    }
    return new StateFiles(directory.pod(), contents);
  }

  /** Of a job that is over: what its runner would have removed, had it not been killed. */
  void clearAway() throws IOException, InterruptedException {
    Path list = Path.of(directory.removed());
    if (hasLastWord() || !Files.exists(list)) {
      return;
    }
    for (String path : Files.readString(list).split("\0", -1)) {
      if (!path.isEmpty()) {
        LocalFolder.remove(path().resolve(path));
      }
    }
  }

  /** Whether the runner has written its last file. */
  boolean hasLastWord() {
    return Files.exists(Path.of(directory.state(), "ended"));
  }

  /** The word of this machine, in the place of a scheduler's. */
  JobReport.Scheduled word(JobRef job) throws IOException {
    Optional<RunnerProcess> process = RunnerProcess.of(job.job());
    if (!Files.isDirectory(path()) || process.isEmpty()) {
      return word(job, JobState.UNKNOWN, "no such job on this machine", OptionalInt.empty());
    }
    boolean alive = process.get().isAlive();
    StateFiles state = state();
    OptionalInt code = state.jobCode();
    if (code.isPresent()) {
      return word(job, ended(state, code.getAsInt()), "exit code " + code.getAsInt(), code);
    }
    if (alive) {
      return word(job, JobState.RUNNING, "process " + process.get().pid(), OptionalInt.empty());
    }
    return withoutLastWord(job, process.get(), state);
  }

  private static JobState ended(StateFiles state, int code) {
    if (state.toldToEnd()) {
      return JobState.CANCELLED;
    }
    return code == 0 ? JobState.COMPLETED : JobState.FAILED;
  }

  private JobReport.Scheduled withoutLastWord(JobRef job, RunnerProcess process, StateFiles state) {
    if (!process.isOfThisBoot()) {
      return word(job, JobState.LOST, "this machine was started anew", OptionalInt.empty());
    }
    if (process.hasLiveSession()) {
      // As a batch system does when a job's script is gone: what it started goes too.
      process.killSession();
      return word(job, JobState.ENDING, "the runner is gone", OptionalInt.empty());
    }
    JobState how = state.toldToEnd() ? JobState.CANCELLED : JobState.FAILED;
    return word(job, how, "the runner ended without a last word", OptionalInt.empty());
  }

  private static JobReport.Scheduled word(
      JobRef job, JobState state, String words, OptionalInt code) {
    return new JobReport.Scheduled(job.pod(), job.job(), state, words, code);
  }

  void cancel(RunnerProcess process, Duration grace, Instant now) throws IOException {
    if (hasLastWord() || !Files.isDirectory(path())) {
      return;
    }
    Path file = Path.of(directory.grace());
    byte[] seconds = JobFiles.seconds(grace);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), seconds)) {
      Path part = Files.write(file.resolveSibling("grace.part"), seconds);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    process.terminate();
    // The file's age is the age of the wish, also for a server that has just been started anew.
    Instant asked = Files.getLastModifiedTime(file).toInstant();
    if (asked.plus(grace).plus(MARGIN).isBefore(now)) {
      process.killSession();
    }
  }
}
