package ee.interlink.kubernetes.pods;

import static ee.interlink.kubernetes.pods.NodeHouse.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FreshReadsTest {
  private final FreshReads reads = new FreshReads();
  private int asked;

  private int read(String key, Instant wanted, Instant now) throws ClusterUnavailableException {
    return reads.get(key, wanted, Clock.fixed(now, ZoneOffset.UTC), () -> ++asked);
  }

  @Test
  void a_burst_of_pods_shares_one_answer() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(read("k", NOON, NOON.plusMillis(i))).isEqualTo(1);
    }
  }

  @Test
  void an_answer_is_never_older_than_it_must_be() throws Exception {
    read("k", NOON, NOON.plusMillis(5));
    assertThat(read("k", NOON.plusMillis(5), NOON.plusMillis(9))).isEqualTo(1);
    assertThat(read("k", NOON.plusMillis(6), NOON.plusMillis(9))).isEqualTo(2);
  }

  @Test
  void an_answer_counts_from_when_it_was_asked_for() throws Exception {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    reads.get("k", NOON, clock, () -> ++asked);
    assertThat(read("k", NOON.plusMillis(1), NOON.plusMillis(2))).isEqualTo(2);
  }

  @Test
  void each_question_has_an_answer_of_its_own() throws Exception {
    assertThat(read("a", NOON, NOON)).isEqualTo(1);
    assertThat(read("b", NOON, NOON)).isEqualTo(2);
  }

  @Test
  void a_failure_is_not_kept() throws Exception {
    assertThatThrownBy(
            () ->
                reads.get(
                    "k",
                    NOON,
                    Clock.fixed(NOON, ZoneOffset.UTC),
                    () -> {
                      throw new ClusterUnavailableException("no answer", null);
                    }))
        .isInstanceOf(ClusterUnavailableException.class);
    assertThat(read("k", NOON, NOON)).isEqualTo(1);
  }

  @Test
  void what_nobody_can_want_any_more_is_forgotten() throws Exception {
    read("k", NOON, NOON);
    reads.forget(NOON.plusSeconds(5));
    assertThat(read("k", NOON, NOON)).isEqualTo(1);
    reads.forget(NOON.plusSeconds(6));
    assertThat(read("k", NOON, NOON)).isEqualTo(2);
  }
}
