package ee.interlink.local;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.runner.AllowedImages;
import ee.interlink.runner.ContainerRuntime;
import ee.interlink.runner.RestartBackoff;
import ee.interlink.runner.RunnerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What configuration says of a local backend.
 *
 * @param directory key {@code directory}, by default {@code .interlink/<name>}; relative to the
 *     home of the server's account
 * @param runtime key {@code runtime}, by default {@code auto}
 * @param imagePrefix key {@code image-prefix}, by default {@code docker://}
 * @param images key {@code image-allow}, by default all
 * @param runner keys {@code restart.backoff}, by default {@code PT10S}: what a container that has
 *     ended for the second time waits before it is started again, then ever longer; and {@code
 *     log-limit-mib}, by default 50: what of a container's output is kept, 0 for all
 */
record LocalSettings(
    Path directory,
    Choice runtime,
    String imagePrefix,
    AllowedImages images,
    RunnerSettings runner) {
  private static final String DIRECTORY = "directory";
  private static final String RUNTIME = "runtime";
  private static final String IMAGE_PREFIX = "image-prefix";
  private static final String BACKOFF = "restart.backoff";
  private static final Set<String> KEYS =
      Set.of(
          DIRECTORY, RUNTIME, IMAGE_PREFIX, AllowedImages.KEY, BACKOFF, RunnerSettings.LOG_LIMIT);

  /** How containers are to be run. */
  enum Choice {
    /** In Apptainer if this machine has one that works, else as processes. */
    AUTO,
    APPTAINER,
    NONE
  }

  static LocalSettings of(BackendSettings backend) throws InvalidSettingException {
    for (String key : backend.values().keySet()) {
      if (!KEYS.contains(key)) {
        throw new InvalidSettingException(
            backend.key(key), "is not a setting of the driver local; it has " + KEYS);
      }
    }
    String directory =
        backend.values().getOrDefault(DIRECTORY, ".interlink/" + backend.name()).strip();
    if (directory.isEmpty() || directory.indexOf('\0') >= 0) {
      throw new InvalidSettingException(backend.key(DIRECTORY), "is empty or has a NUL");
    }
    String imagePrefix =
        backend.values().getOrDefault(IMAGE_PREFIX, ContainerRuntime.Apptainer.DEFAULT_PREFIX);
    return new LocalSettings(
        Path.of(System.getProperty("user.home")).resolve(directory).normalize(),
        runtime(backend),
        imagePrefix,
        AllowedImages.of(Optional.ofNullable(backend.values().get(AllowedImages.KEY)), imagePrefix),
        runner(backend));
  }

  private static RestartBackoff backoff(BackendSettings backend) throws InvalidSettingException {
    String value = backend.values().get(BACKOFF);
    try {
      return value == null
          ? RestartBackoff.USUAL
          : RestartBackoff.from(Duration.parse(value.strip()));
    } catch (DateTimeParseException e) {
      throw new InvalidSettingException(
          backend.key(BACKOFF), "is not an ISO-8601 duration as PT10S");
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(backend.key(BACKOFF), "is " + e.getMessage());
    }
  }

  private static RunnerSettings runner(BackendSettings backend) throws InvalidSettingException {
    RestartBackoff backoff = backoff(backend);
    String usual = Integer.toString(RunnerSettings.USUAL.logLimitMebibytes());
    String value = backend.values().getOrDefault(RunnerSettings.LOG_LIMIT, usual);
    try {
      return new RunnerSettings(backoff, Integer.parseInt(value.strip()));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          backend.key(RunnerSettings.LOG_LIMIT), "is not a number of mebibytes");
    }
  }

  private static Choice runtime(BackendSettings backend) throws InvalidSettingException {
    String word = backend.values().getOrDefault(RUNTIME, "auto").strip();
    for (Choice runtime : Choice.values()) {
      if (runtime.name().toLowerCase(Locale.ROOT).equals(word)) {
        return runtime;
      }
    }
    throw new InvalidSettingException(
        backend.key(RUNTIME), "is '" + word + "'; it can be auto, apptainer or none");
  }

  /**
   * @throws InvalidRequestException naming the fields of images that this backend does not run
   */
  void check(JobRequest request) throws InvalidRequestException {
    boolean limited = images.listed().isPresent();
    if (AllowedImages.mayRefuse(request, limited)
        && containerRuntime() instanceof ContainerRuntime.Apptainer) {
      images.check(request);
    }
  }

  /** The runtime that {@code auto} comes to on this machine. */
  ContainerRuntime containerRuntime() {
    boolean apptainer =
        switch (runtime) {
          case APPTAINER -> true;
          case NONE -> false;
          case AUTO -> ApptainerProbe.works();
        };
    return apptainer
        ? new ContainerRuntime.Apptainer(ApptainerProbe.BINARY, imagePrefix, List.of())
        : new ContainerRuntime.Processes();
  }
}
