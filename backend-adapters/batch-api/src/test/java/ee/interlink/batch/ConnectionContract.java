package ee.interlink.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The part of the contract that needs no job. */
abstract class ConnectionContract extends ContractFixture {

  @Test
  void a_backend_has_some_capacity() throws Exception {
    Capacity capacity = connection.capacity();
    Capacity.Amounts total = capacity.total();
    assertThat(total.cpus()).isPositive();
    assertThat(total.memory().bytes()).isPositive();
    assertThat(total.gpus()).isNotNegative();
    capacity
        .free()
        .ifPresent(
            free -> {
              assertThat(free.cpus()).isBetween(0L, total.cpus());
              assertThat(free.memory().bytes()).isBetween(0L, total.memory().bytes());
              assertThat(free.gpus()).isBetween(0L, total.gpus());
            });
  }

  @Test
  void a_closed_connection_says_so() throws Exception {
    BatchDriver.DriverConnection other = driver().connect(settings(), account());
    assertThat(other.isOpen()).isTrue();
    other.close();
    other.close();
    assertThat(other.isOpen()).isFalse();
  }

  @Test
  void an_unknown_setting_is_named_with_its_full_key() {
    BackendSettings good = settings();
    Map<String, String> values = new TreeMap<>(good.values());
    values.put("no-such-setting", "1");
    BackendSettings bad = new BackendSettings(good.name(), good.driver(), values);
    assertThatThrownBy(() -> driver().check(bad))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("interlink.backends." + good.name() + ".no-such-setting");
  }
}
