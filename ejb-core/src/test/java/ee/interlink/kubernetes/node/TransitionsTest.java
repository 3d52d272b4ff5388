package ee.interlink.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final Transitions transitions = new Transitions();

  @Test
  void a_status_dates_from_when_it_was_first_so() {
    assertThat(transitions.of("Ready", "True", NOON.plusMillis(700))).isEqualTo(NOON);
    assertThat(transitions.of("Ready", "True", NOON.plusSeconds(60))).isEqualTo(NOON);
    assertThat(transitions.of("Ready", "False", NOON.plusSeconds(60)))
        .isEqualTo(NOON.plusSeconds(60));
    assertThat(transitions.of("Ready", "True", NOON.plusSeconds(90)))
        .isEqualTo(NOON.plusSeconds(90));
  }

  @Test
  void each_condition_has_a_time_of_its_own() {
    transitions.of("Ready", "True", NOON);
    assertThat(transitions.of("DiskPressure", "True", NOON.plusSeconds(1)))
        .isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void what_was_so_in_our_last_life_is_so_since_then() {
    transitions.remember("Ready", "True", "2026-02-01T00:00:00Z");
    transitions.remember("DiskPressure", "False", null);
    assertThat(transitions.of("Ready", "True", NOON)).isEqualTo("2026-02-01T00:00:00Z");
    assertThat(transitions.of("DiskPressure", "False", NOON)).isEqualTo(NOON);
  }

  @Test
  void what_was_otherwise_in_our_last_life_begins_now() {
    transitions.remember("Ready", "Unknown", "2026-02-01T00:00:00Z");
    assertThat(transitions.of("Ready", "True", NOON)).isEqualTo(NOON);
  }
}
