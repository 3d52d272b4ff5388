package ee.interlink.web.kubelet.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A fresh key of the curve P-256, and what can be made of it. */
final class NewKey {
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
  private static final Duration LIFE = Duration.ofDays(365);

  private final KeyPair pair;

  private NewKey(KeyPair pair) {
    this.pair = pair;
  }

  static NewKey make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new NewKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  /** The request for a certificate, PKCS#10 as PEM. */
  String request(ServingNames names) throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.subjectAlternativeName, false, names.alternatives());
    return Pem.of(
        new JcaPKCS10CertificationRequestBuilder(names.subject(), pair.getPublic())
            .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
            .build(signer()));
  }

  /** What was issued for it. */
  Identity with(String certificates) throws IOException {
    return Identity.of(pair.getPrivate(), Pem.certificates(certificates));
  }

  /** To go by until there is an issued one. */
  Identity selfSigned(ServingNames names, Instant now) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              names.subject(),
              new BigInteger(64, new SecureRandom()).setBit(63),
              Date.from(now.minus(CLOCKS_DIFFER)),
              Date.from(now.plus(LIFE)),
              names.subject(),
              pair.getPublic());
      builder.addExtension(Extension.subjectAlternativeName, false, names.alternatives());
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      return Identity.of(pair.getPrivate(), List.of(Pem.certificate(builder.build(signer()))));
    } catch (IOException e) {
      throw new IllegalStateException("a certificate that cannot be written", e);
    }
  }

  private ContentSigner signer() {
    try {
      return new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("every Java has ECDSA", e);
    }
  }
}
