package ee.interlink.backends;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BackendName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackendHealthTest {
  private static final BackendName B = new BackendName("b");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final BackendHealth health = new BackendHealth();

  @Test
  void a_backend_that_was_never_asked_is_not_said_to_be_well() {
    assertThat(health.of(B).healthy()).isFalse();
  }

  @Test
  void only_a_change_is_news_and_the_time_of_the_change_stays() {
    assertThat(health.up(B, NOON)).isTrue();
    assertThat(health.up(B, NOON.plusSeconds(1))).isFalse();
    assertThat(health.of(B).since()).isEqualTo(NOON);
    assertThat(health.down(B, "refused", NOON.plusSeconds(2))).isTrue();
    assertThat(health.down(B, "timed out", NOON.plusSeconds(3))).isFalse();
    assertThat(health.of(B))
        .isEqualTo(new BackendHealth.Health(false, "timed out", NOON.plusSeconds(2)));
  }
}
