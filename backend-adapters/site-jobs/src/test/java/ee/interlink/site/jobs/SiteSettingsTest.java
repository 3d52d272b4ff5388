package ee.interlink.site.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.batch.Pods;
import ee.interlink.runner.RunnerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteSettingsTest {
  @TempDir Path folder;

  @Test
  void nothing_at_all_is_this_host() throws Exception {
    SiteSettings settings = read(Map.of());
    assertThat(settings.login()).isEmpty();
    assertThat(settings.commands()).isEmpty();
    assertThat(settings.directory()).isEqualTo(".interlink/hpc");
    assertThat(settings.runtime()).isEqualTo(SiteSettings.Containers.APPTAINER);
    assertThat(settings.accounting()).isEqualTo(SiteSettings.Accounting.AUTO);
    assertThat(settings.queueInterval()).hasSeconds(2);
    assertThat(settings.commandTimeout()).hasSeconds(20);
    assertThat(settings.runner()).isEqualTo(RunnerSettings.USUAL);
  }

  @Test
  void a_login_node_has_port_22_unless_told_otherwise() throws Exception {
    String file = Files.createFile(folder.resolve("file")).toString();
    Map<String, String> values =
        Map.of("ssh.host", "login.example.org", "ssh.key", file, "ssh.known-hosts", file);
    assertThat(read(values).login())
        .contains(new Login("login.example.org", 22, Path.of(file), Path.of(file)));
  }

  @Test
  void an_image_that_is_not_listed_is_refused_by_its_field_where_images_are_run() throws Exception {
    JobRequest pod = Pods.pod(Pods.freshUid(), Pods.container("main", "r.test/app:1", "true"));
    read(Map.of("image-allow", "docker://r.test/app,/cvmfs")).check(pod);
    SiteSettings others = read(Map.of("image-allow", "/cvmfs"));
    assertThatThrownBy(() -> others.check(pod))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "spec.containers[0].image is docker://r.test/app:1, which is not among what this backend"
                + " runs (image-allow): [/cvmfs]");
    read(Map.of("image-allow", "/cvmfs", "runtime", "none")).check(pod);
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
    "commands, relative/bin",
    "commands, /opt/slurm/bin:",
    "commands, '/opt/$(id)/bin'",
    "runtime, docker",
    "accounting, maybe",
    "queue-interval, 2s",
    "queue-interval, PT0S",
    "command-timeout, PT-1S",
    "restart.backoff, 10",
    "restart.backoff, PT0S",
    "restart.backoff, PT5M0.001S",
    "apptainer-options, no-dash",
    "image-allow, 'docker://a, docker://b'",
    "image-allow, ''",
    "default-cpus, 0",
    "default-memory-mib, 1.5",
  })
  void a_wrong_value_is_told_with_its_full_key(String key, String value) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("interlink.backends.hpc." + key + " ");
  }

  @Test
  void settings_of_ssh_without_a_host_are_a_contradiction() {
    assertThatThrownBy(() -> read(Map.of("ssh.port", "22")))
        .hasMessageContaining("interlink.backends.hpc.ssh.host is missing");
  }

  @Test
  void a_host_without_a_key_is_not_enough() {
    assertThatThrownBy(() -> read(Map.of("ssh.host", "login")))
        .hasMessageContaining("interlink.backends.hpc.ssh.key is missing");
  }

  @Test
  void what_nobody_took_is_no_setting_of_the_driver() throws Exception {
    SettingReader reader = reader(Map.of("runtime", "none", "account", "physics"));
    SiteSettings.read(reader);
    assertThatThrownBy(reader::end)
        .hasMessage("interlink.backends.hpc.account is not a setting of the driver plain");
  }

  @Test
  void on_this_host_nobody_else_can_be_served() {
    assertThatThrownBy(() -> Door.open(read(Map.of()), new AccountName("somebody-else")))
        .isInstanceOf(NotAuthorisedException.class);
  }

  private static SiteSettings read(Map<String, String> values) throws InvalidSettingException {
    return SiteSettings.read(reader(values));
  }

  private static SettingReader reader(Map<String, String> values) {
    return new SettingReader(new BackendSettings(new BackendName("hpc"), "plain", values));
  }
}
