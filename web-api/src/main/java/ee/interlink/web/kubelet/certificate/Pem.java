package ee.interlink.web.kubelet.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/**
 * Certificates and keys as text. Bouncy Castle reads the form; the objects are the JDK's own, as
 * its TLS wants them.
 */
public final class Pem {
  private Pem() {}

  /** All certificates in it, in order. */
  public static List<X509Certificate> certificates(String text) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    for (Object object : objects(text)) {
      if (object instanceof X509CertificateHolder holder) {
        found.add(certificate(holder));
      }
    }
    return found;
  }

  static X509Certificate certificate(X509CertificateHolder holder) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
    } catch (CertificateException e) {
      throw new IOException("not a certificate: " + e.getMessage(), e);
    }
  }

  /** The first private key in it: RSA, EC or Ed25519, in PKCS#8 or the older forms. */
  static PrivateKey key(String text) throws IOException {
    for (Object object : objects(text)) {
      if (object instanceof PrivateKeyInfo info) {
        return key(info);
      }
      if (object instanceof PEMKeyPair pair) {
        return key(pair.getPrivateKeyInfo());
      }
    }
    throw new IOException("there is no private key, or it has a password");
  }

  private static PrivateKey key(PrivateKeyInfo info) throws IOException {
    try {
      return KeyFactory.getInstance(algorithm(info.getPrivateKeyAlgorithm().getAlgorithm()))
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("a private key that cannot be used", e);
    }
  }

  /** Of curves the JDK knows the name alone, of the others also the number. */
  private static String algorithm(ASN1ObjectIdentifier id) {
    return id.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : id.getId();
  }

  private static List<Object> objects(String text) throws IOException {
    List<Object> found = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        found.add(next);
      }
    } catch (RuntimeException e) {
      throw new IOException("not PEM", e); // so Bouncy Castle says that bytes are out of place
    }
    return found;
  }

  static String of(Identity identity) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (X509Certificate certificate : identity.chain()) {
        writer.writeObject(certificate);
      }
      writer.writeObject(new JcaPKCS8Generator(identity.key(), null));
    }
    return text.toString();
  }

  /** Anything that Bouncy Castle knows a form of. */
  static String of(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
