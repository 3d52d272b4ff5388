package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.NotAuthorisedException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "partition, --uid=0",
    "partition, a b",
    "slurm-account, ''",
    "qos, a;b",
    "account, physics",
    "directory, with%j",
  })
  void a_wrong_value_is_told_with_its_full_key(String key, String value) {
    assertThatThrownBy(() -> SlurmSettings.read(backend(Map.of(key, value))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("interlink.backends.hpc." + key + " ");
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
