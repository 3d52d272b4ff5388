package ee.interlink.local;

import ee.interlink.batch.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The process of a job's runner, told from any later process that gets the same pid: by its start
 * time, and by the boot that both are counted from.
 *
 * @param pid also the id of its session, in which all containers are
 * @param start in ticks since the boot, field 22 of {@code /proc/PID/stat}
 * @param boot the first eight digits of the boot id
 */
record RunnerProcess(long pid, long start, String boot) {
  private static final Pattern ID = Pattern.compile("([0-9]{1,10})-([0-9]{1,18})-([0-9a-f]{8})");
  private static final Pattern CLAIM =
      Pattern.compile("([0-9]{1,10}) ([0-9]{1,18}) ([0-9a-f]{8})\\S* .*\\s*");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  // Counted from the first field after the command's name, which may hold spaces itself.
  private static final int SESSION = 3;
  private static final int START = 19;

  /** From the line that the runner wrote when it took the job. */
  static Optional<RunnerProcess> ofClaim(String line) {
    return of(CLAIM.matcher(line));
  }

  static Optional<RunnerProcess> of(JobId job) {
    return of(ID.matcher(job.value()));
  }

  private static Optional<RunnerProcess> of(Matcher parts) {
    return parts.matches()
        ? Optional.of(
            new RunnerProcess(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3)))
        : Optional.empty();
  }

  JobId jobId() {
    return new JobId(pid + "-" + start + "-" + boot);
  }

  boolean isOfThisBoot() {
    try {
      return Files.readString(BOOT_ID).startsWith(boot);
    } catch (IOException e) {
      return false;
    }
  }

  boolean isAlive() {
    return isOfThisBoot()
        && stat(pid).filter(words -> words[START].equals(Long.toString(start))).isPresent();
  }

  /**
   * Whether anything of the session still runs; a session's pid is not given out again till then.
   */
  boolean hasLiveSession() {
    return isOfThisBoot() && session().findAny().isPresent();
  }

  void terminate() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  /** KILL for the runner and all its containers. */
  void killSession() {
    if (isOfThisBoot()) {
      session().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private Stream<ProcessHandle> session() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                stat(process.pid())
                    .filter(words -> words[SESSION].equals(Long.toString(pid)))
                    .isPresent());
  }

  /** The fields from the third on; empty for a process that is gone or only waits to be reaped. */
  private static Optional<String[]> stat(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return words.length > START && !words[0].equals("Z") && !words[0].equals("X")
          ? Optional.of(words)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
