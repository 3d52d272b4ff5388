package ee.interlink.web.kubelet.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.web.kubelet.certificate.Identity;
import ee.interlink.web.kubelet.certificate.TestAuthority;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
  private final TestAuthority authority = new TestAuthority("cluster");
  private final FakeReviews reviews = new FakeReviews();
  private Set<X509Certificate> trusted = Set.of(authority.certificate());
  private long nanos;
  private final Authenticator authenticator =
      new Authenticator(
          new ClientCertificates(() -> trusted, Clock.systemUTC()),
          new Tokens(reviews, () -> nanos, source -> {}));

  private Optional<Caller> shows(Identity identity) throws ClusterAwayException {
    return authenticator.caller(identity.chain(), null);
  }

  private Optional<Caller> says(String header) throws ClusterAwayException {
    return authenticator.caller(List.of(), header);
  }

  @Test
  void a_certificate_of_the_cluster_names_its_user_and_groups() throws Exception {
    assertThat(shows(authority.client("CN=kube-apiserver-kubelet-client,O=system:masters,O=b\\,c")))
        .contains(
            new Caller(
                "kube-apiserver-kubelet-client",
                "",
                Set.of("system:masters", "b,c", "system:authenticated"),
                Map.of()));
    assertThat(reviews.questions).isZero();
  }

  @Test
  void a_certificate_that_only_looks_like_the_clusters_is_nobodys() throws Exception {
    assertThat(shows(new TestAuthority("cluster").client("CN=admin,O=system:masters"))).isEmpty();
  }

  @Test
  void a_certificate_out_of_its_time_or_for_something_else_or_without_a_name_is_nobodys()
      throws Exception {
    Instant now = Instant.now();
    assertThat(shows(authority.client("CN=a", now.minusSeconds(99), now.minusSeconds(9))))
        .isEmpty();
    assertThat(shows(authority.client("CN=a", now.plusSeconds(60), now.plusSeconds(99)))).isEmpty();
    assertThat(shows(authority.server("CN=a"))).isEmpty();
    assertThat(shows(authority.client("O=system:masters"))).isEmpty();
  }

  @Test
  void while_no_cas_are_known_no_certificate_counts() throws Exception {
    trusted = Set.of();
    assertThat(shows(authority.client("CN=a"))).isEmpty();
  }

  @Test
  void a_foreign_certificate_does_not_stand_in_the_way_of_a_token() throws Exception {
    reviews.tokens.put("t", "alice");
    assertThat(authenticator.caller(new TestAuthority("x").client("CN=root").chain(), "Bearer t"))
        .map(Caller::name)
        .contains("alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic dDp0", "t", "Bearert"})
  void what_is_no_token_is_not_asked_about(String header) throws Exception {
    assertThat(says(header)).isEmpty();
    assertThat(reviews.questions).isZero();
  }

  @Test
  void a_good_token_is_known_for_two_minutes_and_a_bad_one_for_ten_seconds() throws Exception {
    reviews.tokens.put("good", "alice");
    assertThat(says("bearer good")).map(Caller::groups).hasValue(Set.of("system:authenticated"));
    assertThat(says("Bearer bad")).isEmpty();
    nanos = Duration.ofSeconds(9).toNanos();
    says("Bearer good");
    says("Bearer bad");
    assertThat(reviews.questions).isEqualTo(2);
    nanos = Duration.ofSeconds(11).toNanos();
    says("Bearer good");
    says("Bearer bad");
    assertThat(reviews.questions).isEqualTo(3);
    nanos = Duration.ofSeconds(121).toNanos();
    says("Bearer good");
    assertThat(reviews.questions).isEqualTo(4);
  }

  @Test
  void while_the_cluster_is_away_those_who_are_known_come_in_and_nobody_else() throws Exception {
    reviews.tokens.put("good", "alice");
    says("Bearer good");
    reviews.away = true;
    assertThat(says("Bearer good")).isPresent();
    assertThatThrownBy(() -> says("Bearer other")).isInstanceOf(ClusterAwayException.class);
    reviews.away = false;
    assertThat(says("Bearer other")).isEmpty();
  }
}
