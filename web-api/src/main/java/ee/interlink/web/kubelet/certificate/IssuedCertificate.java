package ee.interlink.web.kubelet.certificate;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A certificate that the cluster issues: asked for, waited for, kept, and asked for anew in time.
 * Until an administrator has approved the first one, the port shows one that it signed itself.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/">Client
 *     and serving certificates: certificate rotation</a>
 */
public final class IssuedCertificate implements Renewal {
  private static final System.Logger LOG = System.getLogger(IssuedCertificate.class.getName());
  static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private record Pending(String name, NewKey key, ServingNames names) {}

  private final Supplier<ServingNames> names;
  private final SigningRequests requests;
  private final IdentityFile kept;
  private final Clock clock;
  private final CurrentIdentity current;
  private boolean issued;
  private Optional<Pending> pending = Optional.empty();
  private Duration pause = FIRST_PAUSE;
  private Instant notBefore = Instant.EPOCH;

  public IssuedCertificate(
      Supplier<ServingNames> names, SigningRequests requests, IdentityFile kept, Clock clock) {
    this.names = names;
    this.requests = requests;
    this.kept = kept;
    this.clock = clock;
    ServingNames wanted = names.get();
    Optional<Identity> earlier =
        kept.read()
            .filter(found -> found.validAt(clock.instant()))
            .filter(found -> wanted.in(found.certificate()));
    this.issued = earlier.isPresent();
    this.current =
        new CurrentIdentity(
            earlier.orElseGet(() -> NewKey.make().selfSigned(wanted, clock.instant())));
  }

  public CurrentIdentity current() {
    return current;
  }

  @Override
  public synchronized void look() {
    if (clock.instant().isBefore(notBefore)) {
      return;
    }
    ServingNames wanted = names.get();
    try {
      if (pending.filter(asked -> asked.names().equals(wanted)).isPresent()) {
        hear(pending.get());
      } else if (due(wanted)) {
        ask(wanted);
      }
    } catch (IOException e) {
      later("the certificate cannot be asked for: " + e.getMessage());
    }
  }

  private boolean due(ServingNames wanted) {
    return !issued
        || !wanted.in(current.get().certificate())
        || !clock.instant().isBefore(current.get().renewal());
  }

  private void ask(ServingNames wanted) throws IOException {
    pending = Optional.empty();
    requests.withdrawUndecided();
    NewKey key = NewKey.make();
    String name = requests.make(key.request(wanted));
    pending = Optional.of(new Pending(name, key, wanted));
    LOG.log(
        INFO,
        "node {0}: a serving certificate is asked for. To allow it: kubectl certificate approve {1}{2}",
        wanted.node(),
        name,
        issued ? "" : ". Until then the port's certificate is self-signed");
  }

  private void hear(Pending asked) throws IOException {
    SigningRequests.State state = requests.state(asked.name());
    switch (state.stage()) {
      case WAITING -> {}
      case ISSUED -> use(asked, state.text());
      case REFUSED, GONE -> {
        pending = Optional.empty();
        later(asked.name() + " came to nothing: " + state.text());
      }
    }
  }

  private void use(Pending asked, String certificates) throws IOException {
    pending = Optional.empty();
    Identity fresh = asked.key().with(certificates);
    current.set(fresh);
    issued = true;
    pause = FIRST_PAUSE;
    LOG.log(
        INFO,
        "node {0}: serving certificate until {1}",
        asked.names().node(),
        fresh.certificate().getNotAfter().toInstant());
    kept.write(fresh);
  }

  private void later(String why) {
    LOG.log(WARNING, "node {0}: {1}; again in {2}", names.get().node(), why, pause);
    notBefore = clock.instant().plus(pause);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
