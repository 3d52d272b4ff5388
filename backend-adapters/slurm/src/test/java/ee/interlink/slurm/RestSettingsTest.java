package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidSettingException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestSettingsTest {
  @TempDir Path folder;

  private Optional<RestSettings> read(String... pairs) throws InvalidSettingException {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1].replace("FOLDER", folder.toString()));
    }
    return SlurmSettings.read(new BackendSettings(new BackendName("hpc"), "slurm", values)).rest();
  }

  @Test
  void without_an_address_slurm_is_asked_by_its_commands() throws Exception {
    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:6820",
        "http://127.0.0.1:6820/",
        "http://[::1]:6820",
        "https://slurm.example.org",
        "https://slurm-1.example.org:6820/",
        "https://192.0.2.7:6820",
        "https://[2001:db8::7]:6820"
      })
  void this_host_may_be_asked_without_tls_and_every_one_with_it(String address) throws Exception {
    assertThat(read("slurmrestd", address, "token-directory", "FOLDER"))
        .contains(
            new RestSettings(URI.create(address), folder, Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://slurm.example.org:6820",
        "http://192.0.2.7",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://[2001:db8::7]:6820"
      })
  void another_host_is_not_asked_without_tls(String address) {
    assertThatThrownBy(() -> read("slurmrestd", address, "token-directory", "FOLDER"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "interlink.backends.hpc.slurmrestd is of another host without TLS: tokens and the pods'"
                + " secrets go there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "slurm.example.org",
        "unix:/run/slurmrestd.socket",
        "ftp://localhost",
        "https://a b",
        "https://user:password@slurm.example.org",
        "https://slurm.example.org/slurm",
        "https://slurm.example.org?x=y",
        "http://localhost@slurm.example.org",
        "http://localhost#@slurm.example.org"
      })
  void an_address_is_a_host_and_a_port(String address) {
    assertThatThrownBy(() -> read("slurmrestd", address, "token-directory", "FOLDER"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("interlink.backends.hpc.slurmrestd does not have the form ");
  }

  @Test
  void the_service_is_not_asked_without_tokens() {
    assertThatThrownBy(() -> read("slurmrestd", "http://localhost"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("interlink.backends.hpc.token-directory is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "token-directory, FOLDER",
    "slurmrestd-ca, FOLDER",
    "slurmrestd-version, v0.0.42",
  })
  void settings_for_the_service_without_its_address_are_a_mistake(String key, String value) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "interlink.backends.hpc.slurmrestd is missing although settings for it are there");
  }

  @ParameterizedTest
  @CsvSource({
    "token-directory, tokens",
    "token-directory, FOLDER/none",
    "slurmrestd-ca, ca.pem",
    "slurmrestd-ca, FOLDER/none",
    "slurmrestd-version, 42",
    "slurmrestd-version, v0.0.42/../..",
  })
  void a_wrong_value_is_told_with_its_full_key(String key, String value) {
    Map<String, String> values = new TreeMap<>(Map.of("token-directory", "FOLDER"));
    values.put(key, value);
    values.put("slurmrestd", "http://localhost");
    String[] pairs =
        values.entrySet().stream()
            .flatMap(each -> java.util.stream.Stream.of(each.getKey(), each.getValue()))
            .toArray(String[]::new);
    assertThatThrownBy(() -> read(pairs))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("interlink.backends.hpc." + key + " ");
  }

  @Test
  void a_version_and_certificates_are_kept() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "");
    assertThat(
            read(
                "slurmrestd",
                "https://slurm",
                "token-directory",
                "FOLDER",
                "slurmrestd-ca",
                "FOLDER/ca.pem",
                "slurmrestd-version",
                "v0.0.40"))
        .contains(
            new RestSettings(
                URI.create("https://slurm"), folder, Optional.of(file), Optional.of("v0.0.40")));
  }
}
