package ee.interlink.web.kubelet.access;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.web.kubelet.certificate.TestAuthority;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ClientAuthoritiesTest {
  private final TestAuthority first = new TestAuthority("first");
  private final TestAuthority second = new TestAuthority("second");
  private String text;
  private Duration later = Duration.ZERO;

  private final ClientAuthorities authorities =
      new ClientAuthorities(
          "hpc",
          () -> {
            if (text == null) {
              throw new IOException("away");
            }
            return text;
          },
          new Clock() {
            @Override
            public Instant instant() {
              return Instant.EPOCH.plus(later);
            }

            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }
          });

  private void refreshAfter(long seconds) {
    later = later.plusSeconds(seconds);
    authorities.refresh();
  }

  @Test
  void several_are_read_and_changes_come_within_minutes() {
    text = first.pem();
    refreshAfter(0);
    assertThat(authorities.get()).containsExactly(first.certificate());
    text = first.pem() + second.pem();
    refreshAfter(60);
    assertThat(authorities.get()).hasSize(1);
    refreshAfter(61);
    assertThat(authorities.get()).contains(second.certificate()).hasSize(2);
  }

  @Test
  void what_cannot_be_read_leaves_the_last_ones_and_is_tried_again_soon() {
    refreshAfter(0);
    assertThat(authorities.get()).isEmpty();
    text = first.pem();
    refreshAfter(11);
    assertThat(authorities.get()).hasSize(1);
    text = "nonsense";
    refreshAfter(121);
    assertThat(authorities.get()).hasSize(1);
  }
}
