package ee.interlink.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodNames;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void the_named_driver_checks_a_request() {
    BackendSettings backend = backend("fake", Map.of("host", "here"));
    assertThatCode(() -> managed.check(backend, pod(Map.of()))).doesNotThrowAnyException();
    assertThatThrownBy(() -> managed.check(backend, pod(Map.of("fake", "x"))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("metadata.annotations[fake] is not allowed");
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

  private static JobRequest pod(Map<String, String> annotations) {
    ContainerSpec container =
        new ContainerSpec(
            new ContainerName("main"),
            "",
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of());
    return new JobRequest(
        new PodUid("uid-1"),
        "default",
        "pod",
        List.of(),
        List.of(container),
        RestartPolicy.NEVER,
        List.of(),
        Resources.SITE_DEFAULTS,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        annotations,
        PodNames.OF_THE_MACHINE,
        Optional.empty());
  }

  private static BackendSettings backend(String driver, Map<String, String> values) {
    return new BackendSettings(new BackendName("north"), driver, values);
  }
}
