package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.runner.RestartBackoff;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmSettingsTest {
  @TempDir Path folder;

  @Test
  void nothing_at_all_is_slurm_on_this_host() throws Exception {
    SlurmSettings settings = SlurmSettings.read(backend(Map.of()));
    assertThat(settings.login()).isEmpty();
    assertThat(settings.directory()).isEqualTo(".interlink/hpc");
    assertThat(settings.runtime()).isEqualTo(SlurmSettings.Containers.APPTAINER);
    assertThat(settings.accounting()).isEqualTo(SlurmSettings.Accounting.AUTO);
    assertThat(settings.queueInterval()).hasSeconds(2);
    assertThat(settings.commandTimeout()).hasSeconds(20);
    assertThat(settings.restartBackoff()).isEqualTo(RestartBackoff.USUAL);
  }

  @Test
  void a_login_node_has_port_22_unless_told_otherwise() throws Exception {
    String file = Files.createFile(folder.resolve("file")).toString();
    Map<String, String> values =
        Map.of("ssh.host", "login.example.org", "ssh.key", file, "ssh.known-hosts", file);
    assertThat(SlurmSettings.read(backend(values)).login())
        .contains(new Login("login.example.org", 22, Path.of(file), Path.of(file)));
  }

  @ParameterizedTest
  @CsvSource({
    "ssh.host, -oProxyCommand=x",
    "ssh.port, 0",
    "ssh.port, ssh",
    "ssh.key, /no/such/file",
    "ssh.key, relative",
    "directory, 'with blank'",
    "directory, with%j",
    "directory, ''",
    "partition, --uid=0",
    "partition, a b",
    "slurm-account, ''",
    "qos, a;b",
    "runtime, docker",
    "accounting, maybe",
    "queue-interval, 2s",
    "queue-interval, PT0S",
    "command-timeout, PT-1S",
    "restart.backoff, 10",
    "restart.backoff, PT0S",
    "restart.backoff, PT5M0.001S",
    "apptainer-options, no-dash",
    "default-cpus, 0",
    "default-memory-mib, 1.5",
    "account, physics",
  })
  void a_wrong_value_is_told_with_its_full_key(String key, String value) {
    assertThatThrownBy(() -> SlurmSettings.read(backend(Map.of(key, value))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("interlink.backends.hpc." + key + " ");
  }

  @Test
  void settings_of_ssh_without_a_host_are_a_contradiction() {
    assertThatThrownBy(() -> SlurmSettings.read(backend(Map.of("ssh.port", "22"))))
        .hasMessageContaining("interlink.backends.hpc.ssh.host is missing");
  }

  @Test
  void a_host_without_a_key_is_not_enough() {
    assertThatThrownBy(() -> SlurmSettings.read(backend(Map.of("ssh.host", "login"))))
        .hasMessageContaining("interlink.backends.hpc.ssh.key is missing");
  }

  @Test
  void on_this_host_nobody_else_can_be_served() {
    assertThatThrownBy(
            () -> new SlurmDriver().connect(backend(Map.of()), new AccountName("somebody-else")))
        .isInstanceOf(NotAuthorisedException.class);
  }

  private static BackendSettings backend(Map<String, String> values) {
    return new BackendSettings(new BackendName("hpc"), "slurm", values);
  }
}
