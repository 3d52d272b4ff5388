package ee.interlink.web.kubelet.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A certificate with its chain, and the key that goes with it.
 *
 * @param chain the port's own certificate first
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

  public Identity {
    chain = List.copyOf(chain);
  }

  /**
   * @throws IOException if the parts do not fit each other
   */
  static Identity of(PrivateKey key, List<X509Certificate> chain) throws IOException {
    if (chain.isEmpty()) {
      throw new IOException("there is no certificate");
    }
    try {
      String algorithm = SIGNATURES.get(key.getAlgorithm());
      byte[] text = chain.get(0).getEncoded();
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(text);
      byte[] signed = signing.sign();
      signing.initVerify(chain.get(0).getPublicKey());
      signing.update(text);
      if (signing.verify(signed)) {
        return new Identity(key, chain);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("the key does not belong to the certificate", e);
    }
    throw new IOException("the key does not belong to the certificate");
  }

  public X509Certificate certificate() {
    return chain.get(0);
  }

  boolean validAt(Instant time) {
    return !time.isBefore(certificate().getNotBefore().toInstant())
        && time.isBefore(certificate().getNotAfter().toInstant());
  }

  /** When four fifths of its life are over. */
  Instant renewal() {
    Instant begin = certificate().getNotBefore().toInstant();
    Duration life = Duration.between(begin, certificate().getNotAfter().toInstant());
    return begin.plus(life.multipliedBy(4).dividedBy(5));
  }

  @Override
  public String toString() {
    return "certificate " + certificate().getSerialNumber().toString(16); // never the key
  }
}
