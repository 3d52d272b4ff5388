package ee.interlink.web.kubelet.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthoriserTest {
  private static final Caller ALICE = new Caller("alice", "", Set.of(), Map.of());

  private final FakeReviews reviews = new FakeReviews();
  private long nanos;
  private final Authoriser authoriser = new Authoriser(reviews, () -> nanos, source -> {});

  private boolean may(String path) throws ClusterAwayException {
    return authoriser.allows(ALICE, Access.to("GET", path));
  }

  @Test
  void the_narrow_right_is_enough_and_asked_for_first() throws Exception {
    reviews.rights.add("alice get pods");
    assertThat(may("/pods")).isTrue();
    assertThat(reviews.questions).isEqualTo(1);
    assertThat(may("/healthz")).isFalse();
    assertThat(may("/containerLogs/a/b/c")).isFalse();
  }

  @Test
  void the_right_to_everything_is_enough_where_kubelet_says_so() throws Exception {
    reviews.rights.add("alice get proxy");
    assertThat(may("/pods")).isTrue();
    assertThat(may("/containerLogs/a/b/c")).isTrue();
    assertThat(may("/metrics")).isFalse();
    assertThat(authoriser.allows(ALICE, Access.to("POST", "/exec/a/b/c"))).isFalse();
  }

  @Test
  void a_decision_is_known_for_five_minutes_if_good_and_half_a_minute_if_not() throws Exception {
    reviews.rights.add("alice get metrics");
    may("/metrics");
    may("/stats/summary");
    nanos = Duration.ofSeconds(31).toNanos();
    may("/metrics");
    may("/stats/summary");
    assertThat(reviews.questions).isEqualTo(3);
    reviews.away = true;
    assertThat(may("/metrics")).isTrue();
    nanos = Duration.ofSeconds(301).toNanos();
    assertThatThrownBy(() -> may("/metrics")).isInstanceOf(ClusterAwayException.class);
  }
}
