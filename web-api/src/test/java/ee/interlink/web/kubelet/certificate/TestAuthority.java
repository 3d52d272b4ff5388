package ee.interlink.web.kubelet.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** A CA for tests. */
public final class TestAuthority {
  private static long serial = 1;

  private final X500Name name;
  private final KeyPair pair = pair();
  private final X509Certificate certificate;

  public TestAuthority(String name) {
    this.name = new X500Name("CN=" + name);
    this.certificate =
        sign(this.name, pair.getPublic(), Instant.EPOCH, Instant.now().plusSeconds(1 << 20), true);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public String pem() {
    try {
      return Pem.of(certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client's certificate with its key. */
  public Identity client(String subject, Instant from, Instant to) {
    return issue(subject, from, to, KeyPurposeId.id_kp_clientAuth);
  }

  public Identity client(String subject) {
    return client(subject, Instant.EPOCH, Instant.now().plusSeconds(3600));
  }

  public Identity server(String subject) {
    return issue(
        subject, Instant.EPOCH, Instant.now().plusSeconds(3600), KeyPurposeId.id_kp_serverAuth);
  }

  private Identity issue(String subject, Instant from, Instant to, KeyPurposeId purpose) {
    KeyPair own = pair();
    return new Identity(
        own.getPrivate(),
        List.of(sign(new X500Name(subject), own.getPublic(), from, to, false, purpose)));
  }

  /** What kube-controller-manager makes of a request. */
  public String sign(String request, Instant from, Instant to) throws Exception {
    try (PEMParser parser = new PEMParser(new java.io.StringReader(request))) {
      JcaPKCS10CertificationRequest asked =
          new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
      Extensions extensions = asked.getRequestedExtensions();
      JcaX509v3CertificateBuilder builder =
          builder(asked.getSubject(), asked.getPublicKey(), from, to);
      builder.addExtension(extensions.getExtension(Extension.subjectAlternativeName));
      return Pem.of(Pem.certificate(builder.build(signer())));
    }
  }

  private X509Certificate sign(
      X500Name subject,
      PublicKey key,
      Instant from,
      Instant to,
      boolean ca,
      KeyPurposeId... purposes) {
    try {
      JcaX509v3CertificateBuilder builder = builder(subject, key, from, to);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      if (purposes.length > 0) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
      }
      return Pem.certificate(builder.build(signer()));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private JcaX509v3CertificateBuilder builder(
      X500Name subject, PublicKey key, Instant from, Instant to) {
    return new JcaX509v3CertificateBuilder(
        name, BigInteger.valueOf(serial++), Date.from(from), Date.from(to), subject, key);
  }

  private org.bouncycastle.operator.ContentSigner signer() throws OperatorCreationException {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
