package ee.interlink.runner;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.PodUid;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder of one pod's job at the site, and the one place that names every path in it. The
 * script uses the same names, relative to the job's directory.
 *
 * @param backend the backend's directory as the site writes it, absolute or below the account's
 *     home, without a slash at the end
 * @param pod the pod; its UID is the name of the folder
 */
public record JobDirectory(String backend, PodUid pod) {
  /** All state files of a job, below its directory. */
  public static final String STATE = "state";

  /** The folder of the events of all jobs of one account, below the backend's directory. */
  public static final String SPOOL = "spool";

  /** The runner, where it is not carried to the job by the batch system itself. */
  public static final String SCRIPT = "pod-runner.sh";

  /** What the runner needs besides, for a pod with probes, hooks or sidecars. */
  static final String CARE_SCRIPT = "pod-care.sh";

  static final String LOGS = "logs";
  static final String CONTAINER_FILES = "containers";
  static final String WORK = "work";
  static final String INIT = "pod/init";
  static final String CONTAINERS = "pod/containers";
  static final String SIDECARS = "pod/sidecars";
  static final String RESTART = "pod/restart";
  static final String POD_GRACE = "pod/grace";
  static final String HOSTNAME = "pod/hostname";
  static final String HOSTS = "pod/hosts";
  static final String RESOLVER = "pod/resolver";
  static final String REGISTRY_AUTH = "pod/auth";
  static final String RUNTIME = "pod/runtime";
  static final String MEMORY = "pod/memory";
  static final String LIMITS = "pod/limits";
  static final String REMOVE = "pod/remove";

  public JobDirectory {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(pod, "pod");
  }

  public static String spool(String backend) {
    return backend + "/" + SPOOL;
  }

  public String path() {
    return backend + "/" + pod;
  }

  /** The copy of the runner that this job runs. */
  public String script() {
    return path() + "/" + SCRIPT;
  }

  /** The driver's note of the batch system's id of the job. */
  public String jobId() {
    return path() + "/job-id";
  }

  /** What the runner itself says; for an administrator. */
  public String runnerLog() {
    return path() + "/runner.log";
  }

  public String state() {
    return path() + "/" + STATE;
  }

  /** One line: pid, start time in ticks, boot id and host of the runner that took the job. */
  public String claim() {
    return state() + "/claimed/process";
  }

  /** The paths below the job's directory that end with the job, each ended by a NUL. */
  public String removed() {
    return path() + "/" + REMOVE;
  }

  /** Seconds between TERM and KILL, when a cancel sets another number than the pod does. */
  public String grace() {
    return path() + "/grace";
  }

  /** Where one of a container's logs is. */
  public String log(LogFile file) {
    return path() + "/" + LOGS + "/" + name(file);
  }

  /**
   * Where it stands how many bytes are gone from the beginning of a log; there only if some are.
   */
  public static Path cut(Path log) {
    return Path.of(log.toString().replaceFirst("\\.log$", "") + ".cut");
  }

  /** The names of all that there may be of a container's logs. */
  public static Stream<String> logs(ContainerName container) {
    return Arrays.stream(LogFile.Kind.values()).map(kind -> name(new LogFile(container, kind)));
  }

  private static String name(LogFile file) {
    String suffix =
        switch (file.kind()) {
          case OUTPUT -> ".log";
          case TIMES -> ".times";
          case PREVIOUS_OUTPUT -> ".previous.log";
          case PREVIOUS_TIMES -> ".previous.times";
        };
    return file.container() + suffix;
  }

  static String container(ContainerName container, String file) {
    return CONTAINER_FILES + "/" + container + "/" + file;
  }
}
