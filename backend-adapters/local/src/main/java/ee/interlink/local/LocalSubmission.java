package ee.interlink.local;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobId;
import ee.interlink.runner.JobArchive;
import ee.interlink.runner.JobFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Makes a job's directory and starts its runner. Safe to do twice, at the same time or after a
 * crash at any point: the directory appears complete by one rename, and of two runners the second
 * finds the job claimed.
 */
final class LocalSubmission {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 5;

  /** What jobs get of the server's environment; the rest may be the server's own secrets. */
  private static final Pattern FOR_JOBS =
      Pattern.compile(
          "PATH|HOME|USER|LOGNAME|LANG|TMPDIR|XDG_RUNTIME_DIR|CUDA_VISIBLE_DEVICES"
              + "|APPTAINER_\\w+|(?i:http_proxy|https_proxy|no_proxy)");

  private final LocalJob job;

  LocalSubmission(LocalJob job) {
    this.job = job;
  }

  JobId submit(List<JobFile> files)
      throws IOException, InterruptedException, BackendUnavailableException {
    if (!Files.isDirectory(job.path())) {
      write(files);
    }
    startRunner();
    return awaitClaim();
  }

  private void write(List<JobFile> files) throws IOException, InterruptedException {
    Path fresh = Files.createTempDirectory(job.path().getParent(), LocalFolder.UNFINISHED);
    try {
      unpack(files, fresh);
      Files.move(fresh, job.path(), StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      LocalFolder.remove(fresh); // another submission was first, and its files say the same
    } catch (FileSystemException e) {
      LocalFolder.remove(fresh);
      if (!Files.isDirectory(job.path())) {
        throw e;
      }
    }
  }

  private static void unpack(List<JobFile> files, Path folder)
      throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-x", "-p", "-o", "-f", "-", "-C", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream in = tar.getOutputStream()) {
      JobArchive.write(files, in);
    }
    if (!tar.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || tar.exitValue() != 0) {
      tar.destroyForcibly();
      throw new IOException("tar could not write the job's files below " + folder.getParent());
    }
  }

  /** In a session of its own, and without a pipe to this process: it outlives both. */
  private void startRunner() throws IOException {
    ProcessBuilder runner =
        new ProcessBuilder("setsid", "bash", job.script().toString(), job.path().toString())
            .directory(job.path().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(job.runnerLog().toFile()));
    Map<String, String> own = new TreeMap<>(runner.environment());
    own.keySet().removeIf(name -> !FOR_JOBS.matcher(name).matches());
    runner.environment().clear();
    runner.environment().putAll(own);
    runner.start();
  }

  private JobId awaitClaim() throws IOException, InterruptedException, BackendUnavailableException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<RunnerProcess> process = job.claim();
      if (process.isPresent()) {
        return process.get().jobId();
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new BackendUnavailableException("the runner did not start; see " + job.runnerLog());
  }
}
