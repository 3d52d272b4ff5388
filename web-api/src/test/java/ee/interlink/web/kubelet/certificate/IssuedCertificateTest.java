package ee.interlink.web.kubelet.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.configuration.NodeName;
import ee.interlink.web.kubelet.certificate.SigningRequests.Stage;
import ee.interlink.web.kubelet.certificate.SigningRequests.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuedCertificateTest {
  private static final Duration LIFE = Duration.ofDays(10);

  @TempDir Path folder;
  private final TestAuthority authority = new TestAuthority("cluster");
  private final Requests requests = new Requests();
  private Instant now = Instant.now();
  private String address = "10.1.2.3";

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private static final class Requests implements SigningRequests {
    final List<String> made = new ArrayList<>();
    State state = new State(Stage.WAITING, "");
    boolean away;
    int withdrawn;

    @Override
    public String make(String pem) throws IOException {
      if (away) {
        throw new IOException("no route");
      }
      made.add(pem);
      state = new State(Stage.WAITING, "");
      return "csr-" + made.size();
    }

    @Override
    public State state(String name) {
      assertThat(name).isEqualTo("csr-" + made.size());
      return state;
    }

    @Override
    public void withdrawUndecided() {
      withdrawn++;
    }
  }

  private IssuedCertificate start() {
    return new IssuedCertificate(
        () -> new ServingNames(new NodeName("hpc"), address),
        requests,
        new IdentityFile(folder.resolve("kubelet/hpc.pem")),
        clock);
  }

  private void approve() throws Exception {
    String last = requests.made.get(requests.made.size() - 1);
    requests.state = new State(Stage.ISSUED, authority.sign(last, now, now.plus(LIFE)));
  }

  private static X509Certificate shown(IssuedCertificate issued) {
    return issued.current().get().certificate();
  }

  @Test
  void until_it_is_approved_the_certificate_is_self_signed() throws Exception {
    IssuedCertificate issued = start();
    issued.look();
    issued.look();
    assertThat(requests.made).hasSize(1);
    assertThat(shown(issued).getIssuerX500Principal())
        .isEqualTo(shown(issued).getSubjectX500Principal());
    assertThat(shown(issued).getSubjectX500Principal().getName())
        .isEqualTo("CN=system:node:hpc,O=system:nodes");
    assertThat(shown(issued).getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .containsExactly("hpc", "10.1.2.3");
  }

  @Test
  void an_approved_one_is_used_at_once_and_kept_for_our_eyes_only() throws Exception {
    IssuedCertificate issued = start();
    issued.look();
    approve();
    issued.look();
    assertThat(shown(issued).getIssuerX500Principal().getName()).isEqualTo("CN=cluster");
    Path kept = folder.resolve("kubelet/hpc.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    IssuedCertificate again = start();
    again.look();
    assertThat(shown(again)).isEqualTo(shown(issued));
    assertThat(requests.made).hasSize(1);
  }

  @Test
  void it_is_renewed_when_four_fifths_of_its_life_are_over() throws Exception {
    IssuedCertificate issued = start();
    issued.look();
    approve();
    issued.look();
    X509Certificate first = shown(issued);
    now = now.plus(LIFE.multipliedBy(4).dividedBy(5)).minusSeconds(5);
    issued.look();
    assertThat(requests.made).hasSize(1);
    now = now.plusSeconds(10);
    issued.look();
    assertThat(requests.made).hasSize(2);
    assertThat(shown(issued)).isEqualTo(first);
    approve();
    issued.look();
    assertThat(shown(issued)).isNotEqualTo(first);
  }

  @Test
  void another_address_needs_another_certificate() throws Exception {
    IssuedCertificate issued = start();
    issued.look();
    approve();
    issued.look();
    address = "2001:db8::7";
    issued.look();
    approve();
    issued.look();
    issued.look();
    assertThat(requests.made).hasSize(2);
    assertThat(shown(issued).getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .contains("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void a_refused_one_is_asked_for_again_after_longer_and_longer_pauses() {
    IssuedCertificate issued = start();
    Duration last = Duration.ZERO;
    for (int i = 1; i <= 8; i++) {
      issued.look();
      assertThat(requests.made).hasSize(i);
      requests.state = new State(Stage.REFUSED, "Denied: no");
      issued.look();
      Instant refused = now;
      while (requests.made.size() == i) {
        now = now.plusSeconds(5);
        issued.look();
      }
      assertThat(Duration.between(refused, now)).isGreaterThanOrEqualTo(last);
      last = Duration.between(refused, now);
    }
    assertThat(last).isEqualTo(IssuedCertificate.LONGEST_PAUSE);
    assertThat(requests.withdrawn).isEqualTo(requests.made.size());
  }

  @Test
  void a_cluster_that_is_away_is_asked_later() {
    requests.away = true;
    IssuedCertificate issued = start();
    issued.look();
    requests.away = false;
    issued.look();
    assertThat(requests.made).isEmpty();
    now = now.plus(IssuedCertificate.FIRST_PAUSE);
    issued.look();
    assertThat(requests.made).hasSize(1);
  }

  @Test
  void what_does_not_fit_our_key_is_not_used() throws Exception {
    IssuedCertificate issued = start();
    issued.look();
    X509Certificate before = shown(issued);
    requests.state =
        new State(Stage.ISSUED, Pem.of(authority.server("CN=system:node:hpc").certificate()));
    issued.look();
    assertThat(shown(issued)).isEqualTo(before);
  }

  @Test
  void an_expired_one_of_an_earlier_start_is_not_used() throws Exception {
    IssuedCertificate issued = start();
    issued.look();
    approve();
    issued.look();
    now = now.plus(LIFE).plusSeconds(1);
    assertThat(shown(start())).isNotEqualTo(shown(issued));
  }
}
