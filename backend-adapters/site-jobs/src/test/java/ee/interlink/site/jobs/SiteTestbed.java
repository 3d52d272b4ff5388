package ee.interlink.site.jobs;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.site.Command;
import ee.interlink.site.CommandResult;
import ee.interlink.site.SiteShell;
import ee.interlink.site.SshShell;
import ee.interlink.site.SshTarget;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;

/** The real batch systems of testbed/, entered over SSH as alice. */
public final class SiteTestbed {
  public static final AccountName ALICE = new AccountName("alice");
  static final String IMAGES = "/shared/images";
  public static final String IMAGE = IMAGES + "/busybox.sif";

  private final Properties properties = new Properties();
  public final String directory = "/shared/alice/it-" + UUID.randomUUID();

  public SiteTestbed() {
    String file = System.getenv().getOrDefault("TESTBED_ENV", "/opt/testbed/testbed.env");
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings for this driver, and more of them: a key, a value, and so on. */
  public BackendSettings settings(BatchDriver driver, String... more) {
    Map<String, String> values = new TreeMap<>();
    values.put("ssh.host", properties.getProperty("TESTBED_SSH_HOST"));
    values.put("ssh.port", properties.getProperty("TESTBED_SSH_PORT"));
    values.put("ssh.key", properties.getProperty("TESTBED_SSH_KEY"));
    values.put("ssh.known-hosts", properties.getProperty("TESTBED_SSH_KNOWN_HOSTS"));
    values.put("directory", directory);
    values.put("host-paths", IMAGES);
    values.put("queue-interval", "PT0.5S");
    values.put("default-memory-mib", "200");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return new BackendSettings(new BackendName("testbed"), driver.name(), values);
  }

  /** What more of {@link #settings} it takes for Slurm's REST service. */
  public String[] slurmrestd() {
    return new String[] {
      "slurmrestd", properties.getProperty("TESTBED_SLURMRESTD"),
      "token-directory", properties.getProperty("TESTBED_SLURM_TOKENS")
    };
  }

  /** The same for a service that runs inside the testbed, as {@link #open} enters it. */
  public static BackendSettings withoutSsh(BackendSettings settings) {
    Map<String, String> values = new TreeMap<>(settings.values());
    values.keySet().removeIf(key -> key.startsWith("ssh."));
    return new BackendSettings(settings.name(), settings.driver(), values);
  }

  /** A {@link Door} for a driver that runs its commands where it is. */
  public static SiteShell open(SiteSettings settings, AccountName account) {
    if (settings.login().isPresent()) {
      throw new IllegalArgumentException("with SSH that would be another way in");
    }
    return new TestbedShell(new SiteTestbed().properties.getProperty("TESTBED_ROOT"), account);
  }

  /**
   * Settings for a driver whose commands run on this host, outside the testbed, whose jobs see none
   * of its files.
   *
   * @param place an empty folder of this host
   */
  public BackendSettings settingsOfRemoteSchedd(BatchDriver driver, Path place, String... more) {
    Map<String, String> values = new TreeMap<>();
    values.put("schedd", properties.getProperty("TESTBED_CONDOR_SCHEDD"));
    values.put("collector", properties.getProperty("TESTBED_CONDOR_COLLECTOR"));
    values.put("token-directory", properties.getProperty("TESTBED_CONDOR_CLIENT") + "/tokens");
    values.put("commands", properties.getProperty("TESTBED_CONDOR_CLIENT") + "/bin");
    values.put("directory", place.toString());
    values.put("host-paths", IMAGES);
    values.put("queue-interval", "PT0.5S");
    values.put("default-memory-mib", "200");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return new BackendSettings(new BackendName("remote"), driver.name(), values);
  }

  /** The same for the computing element before the testbed's pool. */
  public BackendSettings settingsOfComputingElement(
      BatchDriver driver, Path place, String... more) {
    Map<String, String> values =
        new TreeMap<>(settingsOfRemoteSchedd(driver, place, more).values());
    values.put("schedd", properties.getProperty("TESTBED_CE_SCHEDD"));
    values.put("collector", properties.getProperty("TESTBED_CE_COLLECTOR"));
    return new BackendSettings(new BackendName("element"), driver.name(), values);
  }

  public SshShell shell() throws Exception {
    return SshShell.connect(
        new SshTarget(
            properties.getProperty("TESTBED_SSH_HOST"),
            Integer.parseInt(properties.getProperty("TESTBED_SSH_PORT")),
            ALICE.value(),
            Path.of(properties.getProperty("TESTBED_SSH_KEY")),
            Path.of(properties.getProperty("TESTBED_SSH_KNOWN_HOSTS"))));
  }

  /** Runs a command as alice and returns what it says. */
  public static String run(SshShell shell, String... argv) throws Exception {
    CommandResult result = shell.run(Command.of(List.of(argv), Duration.ofSeconds(60)));
    if (result.status() != 0) {
      throw new AssertionError(String.join(" ", argv) + ": " + result.errors());
    }
    return result.text();
  }

  /** Runs a script of bash inside the testbed as root and returns what it says. */
  public String tell(String script) throws IOException, InterruptedException {
    return asRoot("bash", "-c", script);
  }

  /** Runs a command inside the testbed as root and returns what it says. */
  public String asRoot(String... argv) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("../../testbed/exec.sh"));
    command.addAll(List.of(argv));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TESTBED_ROOT", properties.getProperty("TESTBED_ROOT"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", argv) + ": " + said);
    }
    return said;
  }

  public void remove() throws Exception {
    try (SshShell shell = shell()) {
      run(shell, "rm", "-rf", "--", directory);
    }
  }
}
