package ee.interlink.web.kubelet.access;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.web.kubelet.certificate.Pem;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/** The CAs of client certificates: read anew now and then; the last good ones stay. */
public final class ClientAuthorities implements Supplier<Set<X509Certificate>> {
  private static final System.Logger LOG = System.getLogger(ClientAuthorities.class.getName());
  private static final Duration WHILE_GOOD = Duration.ofMinutes(2);
  private static final Duration WHILE_NOT = Duration.ofSeconds(10);

  /** Where they stand. */
  public interface Source {
    /** Certificates as PEM. */
    String pem() throws IOException;
  }

  private final String node;
  private final Source source;
  private final Clock clock;
  private volatile Set<X509Certificate> last = Set.of();
  private Instant due = Instant.EPOCH;
  private boolean complained;

  /**
   * @param node whose port it is, for the log
   */
  public ClientAuthorities(String node, Source source, Clock clock) {
    this.node = node;
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Set<X509Certificate> get() {
    return last;
  }

  /** Reads them again if it is time. */
  public synchronized void refresh() {
    if (clock.instant().isBefore(due)) {
      return;
    }
    try {
      Set<X509Certificate> found = Set.copyOf(Pem.certificates(source.pem()));
      if (found.isEmpty()) {
        throw new IOException("there is no certificate");
      }
      if (!found.equals(last)) {
        LOG.log(INFO, "node {0}: {1} CAs of client certificates", node, found.size());
      }
      last = found;
      due = clock.instant().plus(WHILE_GOOD);
      complained = false;
    } catch (IOException e) {
      due = clock.instant().plus(WHILE_NOT);
      if (!complained) {
        LOG.log(
            WARNING, "node {0}: CAs of client certificates not read: {1}", node, e.getMessage());
        complained = true;
      }
    }
  }
}
