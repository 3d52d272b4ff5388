package ee.interlink.web.kubelet.access;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who asks: by the client certificate, else by the bearer token. Nobody is anonymous.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/">Kubelet
 *     authentication</a>
 */
public final class Authenticator {
  private static final String SCHEME = "bearer ";

  private final ClientCertificates certificates;
  private final Tokens tokens;

  public Authenticator(ClientCertificates certificates, Tokens tokens) {
    this.certificates = certificates;
    this.tokens = tokens;
  }

  /**
   * @param chain what the client showed in the handshake, its own certificate first; may be empty
   * @param authorization that header, or null
   * @return empty if nothing proves who it is
   */
  public Optional<Caller> caller(List<X509Certificate> chain, String authorization)
      throws ClusterAwayException {
    Optional<Caller> shown = certificates.whose(chain);
    if (shown.isPresent() || authorization == null) {
      return shown;
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String token = authorization.substring(SCHEME.length()).strip();
    return token.isEmpty() ? Optional.empty() : tokens.whose(token);
  }
}
