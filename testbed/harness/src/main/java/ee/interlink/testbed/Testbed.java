package ee.interlink.testbed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The testbed of this machine, up already; see {@code testbed/up.sh}. */
public final class Testbed {
  /** As whom the jobs run. */
  public static final String USER = "alice";

  /** What tests call the backend that they use, whatever its driver. */
  public static final String BACKEND = "tested";

  /** And one that starts no job. */
  public static final String PARKED = "parked";

  /** Drivers of the tests, see {@link #batchSystem}. */
  static final String LOCAL_SLURM = "slurm-local";

  static final String LOCAL_HTCONDOR = "htcondor-local";

  private final Settings settings;

  private Testbed(Settings settings) {
    this.settings = settings;
  }

  /** Reads what {@code up.sh} has written; the variable {@code TESTBED_ENV} names another file. */
  public static Testbed here() {
    Path file = Path.of(System.getenv().getOrDefault("TESTBED_ENV", "/opt/testbed/testbed.env"));
    return new Testbed(Settings.of(file, "no testbed here: run testbed/up.sh"));
  }

  /** A value of testbed.env, for instance {@code TESTBED_IMAGE}. */
  public String setting(String name) {
    return settings.get(name);
  }

  /** Runs a command inside the testbed as one of its users, in that user's home. */
  public Execution as(String user, String... command) {
    Path script = Project.root().resolve("testbed/exec.sh");
    List<String> words = new ArrayList<>(List.of("env", "TESTBED_ROOT=" + setting("TESTBED_ROOT")));
    words.addAll(List.of(script.toString(), "-u", user));
    words.addAll(List.of(command));
    return Execution.of(words);
  }

  /** A registry's image that has a shell and the usual commands. */
  public String image() {
    return setting("TESTBED_IMAGE");
  }

  /** What the testbed's own root folder shows from outside, for instance {@code /shared/alice}. */
  public Path outside(String inside) {
    return Path.of(setting("TESTBED_FILES") + inside);
  }

  /** What opens the gates of a backend's pods. */
  public Gate gate(Map<String, String> properties, String backend) {
    Path directory = directory(properties, backend);
    BatchSystem batch = batchSystem();
    return new Gate(uid -> batch.job(directory, uid));
  }

  /** A backend's directory, as seen from here. */
  public Path directory(Map<String, String> properties, String backend) {
    String prefix = "interlink.backends." + backend + ".";
    String directory = properties.get(prefix + "directory");
    return properties.containsKey(prefix + "schedd") ? Path.of(directory) : outside(directory);
  }

  public Slurm slurm() {
    return new Slurm(this);
  }

  /** The same Slurm by its REST service. */
  public BatchSystem restSlurm() {
    return new RestSlurm(this);
  }

  public BatchSystem htcondor() {
    return new Htcondor(this);
  }

  /**
   * The batch system whose driver the system property {@code interlink.test.driver} names; Slurm if
   * there is none.
   */
  public BatchSystem batchSystem() {
    return switch (driver()) {
      case "slurm" -> slurm();
      case LOCAL_SLURM -> new LocalSlurm(this);
      case "slurm-rest" -> restSlurm();
      case "htcondor" -> htcondor();
      case LOCAL_HTCONDOR -> new LocalHtcondor(this);
      case "htcondor-remote" -> new RemoteHtcondor(this);
      default -> throw new IllegalArgumentException("no batch system for the driver " + driver());
    };
  }

  static String driver() {
    return System.getProperty("interlink.test.driver", "slurm");
  }

  /** The configuration of {@link #BACKEND} on the {@link #batchSystem()}. */
  public Map<String, String> backend() {
    return backend(BACKEND, USER, batchSystem(), batchSystem().settings());
  }

  /** The configuration of {@link #PARKED}, whose jobs wait for ever. */
  public Map<String, String> parkedBackend() {
    return backend(PARKED, USER, batchSystem(), batchSystem().parkedSettings());
  }

  /** The configuration of a backend on Slurm, whatever the {@link #batchSystem()}. */
  public Map<String, String> slurmBackend(String name, String account, String partition) {
    return backend(name, account, slurm(), Slurm.in(partition));
  }

  /**
   * The configuration of a backend.
   *
   * @param settings what it says of its batch system
   */
  public static Map<String, String> backend(
      String name, String account, BatchSystem batch, Map<String, String> settings) {
    String prefix = "interlink.backends." + name + ".";
    Map<String, String> properties = new HashMap<>();
    settings.forEach((key, value) -> properties.put(prefix + key, value));
    batch.way(account).forEach((key, value) -> properties.put(prefix + key, value));
    properties.put(prefix + "account", account);
    properties.put(prefix + "runtime", "apptainer");
    return properties;
  }
}
