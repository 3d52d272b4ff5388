package ee.interlink.local;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.runner.ContainerRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What configuration says of a local backend.
 *
 * @param directory key {@code directory}, by default {@code .interlink/<name>}; relative to the
 *     home of the server's account
 * @param runtime key {@code runtime}, by default {@code auto}
 * @param imagePrefix key {@code image-prefix}, by default {@code docker://}
 */
record LocalSettings(Path directory, Choice runtime, String imagePrefix) {
  private static final String DIRECTORY = "directory";
  private static final String RUNTIME = "runtime";
  private static final String IMAGE_PREFIX = "image-prefix";
  private static final Set<String> KEYS = Set.of(DIRECTORY, RUNTIME, IMAGE_PREFIX);

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
    return new LocalSettings(
        Path.of(System.getProperty("user.home")).resolve(directory).normalize(),
        runtime(backend),
        backend.values().getOrDefault(IMAGE_PREFIX, ContainerRuntime.Apptainer.DEFAULT_PREFIX));
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
