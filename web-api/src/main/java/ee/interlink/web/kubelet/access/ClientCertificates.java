package ee.interlink.web.kubelet.access;

import static java.lang.System.Logger.Level.DEBUG;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Client certificates and whose they are: the common name is the user, each organisation a group.
 * The TLS layer lets any certificate pass, so all of the check is here.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/">X509
 *     client certificates</a>
 */
public final class ClientCertificates {
  private static final System.Logger LOG = System.getLogger(ClientCertificates.class.getName());
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private final Supplier<Set<X509Certificate>> authorities;
  private final Clock clock;

  /**
   * @param authorities the CAs at present; while there are none, no certificate counts
   */
  public ClientCertificates(Supplier<Set<X509Certificate>> authorities, Clock clock) {
    this.authorities = authorities;
    this.clock = clock;
  }

  Optional<Caller> whose(List<X509Certificate> chain) {
    Set<X509Certificate> trusted = authorities.get();
    if (chain.isEmpty() || trusted.isEmpty()) {
      return Optional.empty();
    }
    try {
      verify(chain, trusted);
    } catch (GeneralSecurityException e) {
      LOG.log(DEBUG, "a client certificate does not count: {0}", e.getMessage());
      return Optional.empty();
    }
    return caller(X500Name.getInstance(chain.get(0).getSubjectX500Principal().getEncoded()));
  }

  private void verify(List<X509Certificate> chain, Set<X509Certificate> trusted)
      throws GeneralSecurityException {
    X509Certificate own = chain.get(0);
    own.checkValidity(Date.from(clock.instant()));
    if (own.getExtendedKeyUsage() == null || !own.getExtendedKeyUsage().contains(CLIENT_AUTH)) {
      throw new CertificateParsingException("it is not for clients");
    }
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(own);
    Set<TrustAnchor> anchors =
        trusted.stream().map(ca -> new TrustAnchor(ca, null)).collect(Collectors.toSet());
    PKIXBuilderParameters how = new PKIXBuilderParameters(anchors, target);
    how.setRevocationEnabled(false); // Kubernetes revokes no certificates
    how.setDate(Date.from(clock.instant()));
    how.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    CertPathBuilder.getInstance("PKIX").build(how);
  }

  private static Optional<Caller> caller(X500Name subject) {
    List<String> names = values(subject, BCStyle.CN);
    // Of several names the last counts, as in Go.
    return names.stream()
        .reduce((a, b) -> b)
        .filter(name -> !name.isEmpty())
        .map(name -> new Caller(name, "", Set.copyOf(values(subject, BCStyle.O)), Map.of()));
  }

  private static List<String> values(X500Name subject, ASN1ObjectIdentifier type) {
    return Arrays.stream(subject.getRDNs())
        .flatMap(part -> Arrays.stream(part.getTypesAndValues()))
        .filter(part -> part.getType().equals(type))
        .map(part -> part.getValue() instanceof ASN1String text ? text.getString() : "")
        .distinct()
        .toList();
  }
}
