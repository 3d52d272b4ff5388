package ee.interlink.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {
  private static final BackendName B = new BackendName("b");

  @ParameterizedTest
  @CsvSource({
    "interlink.unknown, x, interlink.unknown",
    "interlink.backend.b.driver, x, interlink.backend.b.driver",
    "interlink.backends.b, x, interlink.backends.b",
    "interlink.backends.B.driver, x, interlink.backends.B",
    "interlink.backends.c.interval, PT1S, interlink.backends.c.driver",
    "interlink.backends.b.interval, 1s, interlink.backends.b.interval",
    "interlink.backends.b.interval, PT0.5S, interlink.backends.b.interval",
    "interlink.backends.b.workers, many, interlink.backends.b.workers",
    "interlink.backends.b.workers, 0, interlink.backends.b.workers",
    "interlink.backends.b.workers, 33, interlink.backends.b.workers",
    "interlink.backends.b.account, root, interlink.backends.b.account",
    "interlink.backends.b.account, a b, interlink.backends.b.account",
    "interlink.backends.b.ssh.host, h, interlink.backends.b.account",
    "interlink.accounts.default, root, interlink.accounts.default",
    "interlink.default-backend, other, interlink.default-backend",
    "interlink.database.pasword, x, interlink.database.pasword",
  })
  void a_bad_key_is_named(String key, String value, String named) {
    InvalidSettingException fault =
        catchThrowableOfType(
            InvalidSettingException.class,
            () -> read("interlink.backends.b.driver", "local", key, value));
    assertThat(fault).as("fault").isNotNull();
    assertThat(fault.key()).isEqualTo(named);
    assertThat(fault).hasMessageStartingWith(named);
  }

  @Test
  void somewhere_to_run_pods_is_needed() {
    assertThatThrownBy(ConfigurationReaderTest::read)
        .hasMessageContaining("interlink.backends.<name>.driver");
  }

  @Test
  void what_the_core_does_not_know_of_a_backend_is_its_drivers() throws Exception {
    Backend backend =
        read(
                "interlink.backends.b.driver", "slurm",
                "interlink.backends.b.account", "alice",
                "interlink.backends.b.interval", "PT2S",
                "interlink.backends.b.workers", "8",
                "interlink.backends.b.ssh.host", "login",
                "interlink.backends.b.directory", "/scratch/il")
            .backends()
            .get(B);
    assertThat(backend.settings().driver()).isEqualTo("slurm");
    assertThat(backend.settings().values())
        .isEqualTo(Map.of("ssh.host", "login", "directory", "/scratch/il"));
    assertThat(backend.account()).isEqualTo(new AccountName("alice"));
    assertThat(backend.interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(backend.workers()).isEqualTo(8);
  }

  @Test
  void a_backend_has_defaults_and_never_runs_as_root() throws Exception {
    Backend backend = read("interlink.backends.b.driver", "local").backends().get(B);
    assertThat(backend.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(backend.workers()).isEqualTo(3);
    assertThat(backend.account().value()).isNotEqualTo("root");
  }

  @Test
  void the_only_backend_is_the_default_one_and_of_several_only_a_named_one() throws Exception {
    assertThat(read("interlink.backends.b.driver", "local").defaultBackend()).contains(B);
    String[] two = {"interlink.backends.b.driver", "x", "interlink.backends.a.driver", "x"};
    assertThat(read(two).defaultBackend()).isEmpty();
    assertThat(
            read(
                    "interlink.backends.b.driver", "x",
                    "interlink.backends.a.driver", "x",
                    "interlink.default-backend", "b")
                .defaultBackend())
        .contains(B);
  }

  @Test
  void backends_come_in_order_of_name() throws Exception {
    assertThat(
            read(
                    "interlink.backends.zeta.driver", "x",
                    "interlink.backends.alpha.driver", "x",
                    "interlink.backends.mid-dle.driver", "x",
                    "interlink.backends.b2.driver", "x")
                .backends()
                .keySet())
        .extracting(BackendName::value)
        .containsExactly("alpha", "b2", "mid-dle", "zeta");
  }

  @Test
  void accounts_and_the_state_directory_are_read() throws Exception {
    Configuration read =
        read(
            "interlink.backends.b.driver", "local",
            "interlink.accounts.physics.lab", "bob",
            "interlink.state.directory", "/var/lib/il");
    assertThat(read.accountsByNamespace()).isEqualTo(Map.of("physics.lab", new AccountName("bob")));
    assertThat(read.stateDirectory()).isEqualTo(Path.of("/var/lib/il"));
  }

  private static Configuration read(String... keysAndValues) throws InvalidSettingException {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ConfigurationReader(values).read();
  }
}
