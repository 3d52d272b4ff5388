package ee.interlink.backends;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.configuration.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacitiesTest {
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final Backend BACKEND =
      new Backend(
          new BackendSettings(new BackendName("b"), "fake", Map.of()),
          new AccountName("alice"),
          Duration.ofSeconds(1),
          1);
  private final CapacityGateway gateway = new CapacityGateway();
  private final Capacities capacities = new Capacities(gateway);

  @Test
  void before_the_first_answer_nothing_is_known_and_nobody_is_asked() {
    assertThat(capacities.last(BACKEND.name())).isEmpty();
    assertThat(gateway.asked).isZero();
  }

  @Test
  void an_answer_is_good_for_a_minute_whoever_asks() {
    assertThat(capacities.ask(BACKEND, NOON)).contains(gateway.capacity);
    assertThat(capacities.ask(BACKEND, NOON.plusSeconds(59))).contains(gateway.capacity);
    assertThat(gateway.asked).isEqualTo(1);
    capacities.ask(BACKEND, NOON.plusSeconds(60));
    assertThat(gateway.asked).isEqualTo(2);
  }

  @Test
  void what_is_known_stays_known_while_the_backend_is_out_and_it_is_asked_again_soon() {
    capacities.ask(BACKEND, NOON);
    gateway.fault = new BackendUnavailableException("connection refused");
    assertThat(capacities.ask(BACKEND, NOON.plusSeconds(60))).contains(gateway.capacity);
    assertThat(capacities.ask(BACKEND, NOON.plusSeconds(64))).contains(gateway.capacity);
    assertThat(gateway.asked).isEqualTo(2);
    capacities.ask(BACKEND, NOON.plusSeconds(65));
    assertThat(gateway.asked).isEqualTo(3);
    assertThat(capacities.last(BACKEND.name())).contains(gateway.capacity);
  }
}
