package ee.interlink.site.jobs;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The settings of a backend that do not depend on its batch system;
 * docs/decisions/0004-slurm-over-one-exec.md has the table of their keys.
 *
 * @param backend its name
 * @param login the login node, or this host
 * @param commands folders with the scheduler's commands, with {@code :} between them; they are
 *     searched before the PATH that is there
 * @param directory where the jobs' folders lie; absolute, or below the account's home
 * @param apptainer the command, on the nodes
 * @param queueInterval how often the queue is asked, at most
 * @param commandTimeout of each remote command
 * @param runner keys {@code restart.backoff} and {@code log-limit-mib}
 * @param defaultCpus for pods that name none, or the site's
 * @param defaultMebibytes for pods that name none, or the site's
 * @param hostPaths what pods may have of the machines
 * @param images which images pods may run
 */
public record SiteSettings(
    String backend,
    Optional<Login> login,
    Optional<String> commands,
    String directory,
    Containers runtime,
    String apptainer,
    List<String> apptainerOptions,
    String imagePrefix,
    Accounting accounting,
    Duration queueInterval,
    Duration commandTimeout,
    RunnerSettings runner,
    OptionalInt defaultCpus,
    OptionalInt defaultMebibytes,
    HostPaths hostPaths,
    AllowedImages images) {

  /** What containers run in; AUTO asks the login node. */
  public enum Containers {
    AUTO,
    APPTAINER,
    NONE
  }

  /** Whether there is accounting; AUTO takes its failure for absence. */
  public enum Accounting {
    YES,
    NO,
    AUTO;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Duration QUEUE_INTERVAL = Duration.ofSeconds(2);
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(20);
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:-]*");
  // No blank, no % and no \: Slurm reads the last two as patterns in names of output files.
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._/][A-Za-z0-9._/@+=:-]*");
  private static final Pattern FOLDERS =
      Pattern.compile("/[A-Za-z0-9._/@+=-]*(:/[A-Za-z0-9._/@+=-]*)*");
  private static final Pattern OPTIONS = Pattern.compile("-[!-~]+( [!-~]+)*");
  private static final Pattern IMAGES = Pattern.compile("[!-~]+(,[!-~]+)*");
  private static final Pattern PREFIX = Pattern.compile("[!-~]*");

  /** Takes them from the reader and leaves the driver's own there. */
  public static SiteSettings read(SettingReader reader) throws InvalidSettingException {
    String imagePrefix =
        reader.text("image-prefix", PREFIX).orElse(ContainerRuntime.Apptainer.DEFAULT_PREFIX);
    return new SiteSettings(
        reader.backend().value(),
        login(reader),
        reader.text("commands", FOLDERS),
        reader.text("directory", PATH).orElse(".interlink/" + reader.backend()),
        choice(reader, "runtime", Containers.APPTAINER, Containers.class),
        reader.text("apptainer", PATH).orElse("apptainer"),
        reader.text("apptainer-options", OPTIONS).map(o -> List.of(o.split(" "))).orElse(List.of()),
        imagePrefix,
        choice(reader, "accounting", Accounting.AUTO, Accounting.class),
        reader.duration("queue-interval", QUEUE_INTERVAL),
        reader.duration("command-timeout", COMMAND_TIMEOUT),
        new RunnerSettings(
            backoff(reader),
            reader
                .number(RunnerSettings.LOG_LIMIT, 0, 1_000_000)
                .orElse(RunnerSettings.USUAL.logLimitMebibytes())),
        reader.number("default-cpus", 1, 100_000),
        reader.number("default-memory-mib", 1, Integer.MAX_VALUE),
        HostPaths.read(reader),
        AllowedImages.of(reader.text(AllowedImages.KEY, IMAGES), imagePrefix));
  }

  /**
   * What an administrator does not give away is refused, wherever it is asked for.
   *
   * @throws InvalidRequestException naming the fields
   */
  public void check(JobRequest request) throws InvalidRequestException {
    hostPaths.check(request);
    if (runtime != Containers.NONE) {
      images.check(request);
    }
  }

  /** Whether {@link #check} may have anything to say of this pod. */
  public static boolean mayRefuse(JobRequest request, BackendSettings backend) {
    boolean limited = backend.values().containsKey(AllowedImages.KEY);
    return HostPaths.anyOf(request) || AllowedImages.mayRefuse(request, limited);
  }

  /**
   * The same with another directory, into which output comes at a job's end and is copied: so that
   * it comes whole.
   */
  public SiteSettings fetchingInto(String directory) {
    return new SiteSettings(
        backend,
        login,
        commands,
        directory,
        runtime,
        apptainer,
        apptainerOptions,
        imagePrefix,
        accounting,
        queueInterval,
        commandTimeout,
        runner.withAllOutput(),
        defaultCpus,
        defaultMebibytes,
        hostPaths,
        images);
  }

  private static Optional<Login> login(SettingReader reader) throws InvalidSettingException {
    Optional<String> host = reader.text("ssh.host", HOST);
    OptionalInt port = reader.number("ssh.port", 1, 65_535);
    Optional<Path> key = reader.file("ssh.key");
    Optional<Path> knownHosts = reader.file("ssh.known-hosts");
    if (host.isEmpty()) {
      if (port.isPresent() || key.isPresent() || knownHosts.isPresent()) {
        throw reader.wrong("ssh.host", "is missing although other ssh settings are there");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Login(
            host.get(),
            port.orElse(22),
            key.orElseThrow(() -> reader.wrong("ssh.key", "is missing")),
            knownHosts.orElseThrow(() -> reader.wrong("ssh.known-hosts", "is missing"))));
  }

  private static RestartBackoff backoff(SettingReader reader) throws InvalidSettingException {
    String key = "restart.backoff";
    try {
      return RestartBackoff.from(reader.duration(key, RestartBackoff.USUAL.first()));
    } catch (IllegalArgumentException e) {
      throw reader.wrong(key, "is " + e.getMessage());
    }
  }

  private static <E extends Enum<E>> E choice(
      SettingReader reader, String key, E usual, Class<E> kind) throws InvalidSettingException {
    StringBuilder words = new StringBuilder();
    for (E constant : kind.getEnumConstants()) {
      words.append(words.isEmpty() ? "" : "|").append(constant.name().toLowerCase(Locale.ROOT));
    }
    return reader
        .text(key, Pattern.compile(words.toString()))
        .map(word -> Enum.valueOf(kind, word.toUpperCase(Locale.ROOT)))
        .orElse(usual);
  }
}
