package ee.interlink.offload.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

class BackoffTest {

  @RepeatedTest(20)
  void the_wait_doubles_with_jitter_up_to_half_a_minute() {
    assertThat(Backoff.after(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(Backoff.after(2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    for (int attempts : new int[] {5, 6, 100, Integer.MAX_VALUE}) {
      assertThat(Backoff.after(attempts)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }
  }
}
