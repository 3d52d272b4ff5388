package ee.interlink.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidSettingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriverChoiceTest {
  private final BatchManagedConnectionFactory managed =
      new BatchManagedConnectionFactory(new Drivers(List.of(new FakeDriver())));

  @Test
  void an_unknown_driver_is_named_with_its_key_and_the_known_ones() {
    assertThatThrownBy(() -> managed.check(backend("pbs", Map.of())))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            e -> assertThat(e.key()).isEqualTo("interlink.backends.north.driver"))
        .hasMessage("interlink.backends.north.driver is 'pbs'; known are: fake");
  }

  @Test
  void the_named_driver_checks_its_own_settings() {
    assertThatThrownBy(() -> managed.check(backend("fake", Map.of())))
        .hasMessage("interlink.backends.north.host is missing");
    assertThatCode(() -> managed.check(backend("fake", Map.of("host", "here"))))
        .doesNotThrowAnyException();
  }

  @Test
  void two_drivers_of_one_name_are_a_fault_of_the_package() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Drivers(List.of(new FakeDriver(), new FakeDriver())))
        .withMessageContaining("both named fake");
  }

  @Test
  void the_adapter_knows_the_drivers_it_was_packed_with() {
    assertThatThrownBy(() -> new BatchManagedConnectionFactory().check(backend("pbs", Map.of())))
        .hasMessageEndingWith("known are: htcondor, local, slurm");
  }

  private static BackendSettings backend(String driver, Map<String, String> values) {
    return new BackendSettings(new BackendName("north"), driver, values);
  }
}
