package ee.interlink.web.kubelet.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFilesTest {
  @TempDir Path folder;
  private final TestAuthority authority = new TestAuthority("site");
  private Path certificate;
  private Path key;
  private long age = 1000;

  @BeforeEach
  void files() {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
  }

  private Identity write(Identity identity) throws IOException {
    write(certificate, Pem.of(identity.certificate()));
    write(key, Pem.of(new org.bouncycastle.openssl.jcajce.JcaPKCS8Generator(identity.key(), null)));
    return identity;
  }

  private void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(age--)));
  }

  @Test
  void a_changed_file_is_read_again() throws Exception {
    write(authority.server("CN=one"));
    CertificateFiles files = new CertificateFiles(certificate, key);
    Identity second = write(authority.server("CN=two"));
    files.look();
    assertThat(files.current().get()).isEqualTo(second);
  }

  @Test
  void a_broken_file_leaves_the_old_one_in_use_until_it_is_mended() throws Exception {
    Identity first = write(authority.server("CN=one"));
    CertificateFiles files = new CertificateFiles(certificate, key);
    write(certificate, "-----BEGIN CERTIFICATE-----\nnonsense");
    files.look();
    assertThat(files.current().get()).isEqualTo(first);
    Files.delete(certificate);
    files.look();
    assertThat(files.current().get()).isEqualTo(first);
    Identity second = write(authority.server("CN=two"));
    files.look();
    assertThat(files.current().get()).isEqualTo(second);
  }

  @Test
  void a_certificate_without_its_key_is_refused_at_the_start() throws Exception {
    write(authority.server("CN=one"));
    write(certificate, Pem.of(authority.server("CN=other").certificate()));
    assertThatThrownBy(() -> new CertificateFiles(certificate, key))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not belong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keys_of_the_usual_sorts_are_read_back(String algorithm) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    String pkcs8 =
        Pem.of(new org.bouncycastle.openssl.jcajce.JcaPKCS8Generator(pair.getPrivate(), null));
    assertThat(Pem.key(pkcs8).getEncoded()).isEqualTo(pair.getPrivate().getEncoded());
    if (algorithm.equals("RSA")) { // RSA PRIVATE KEY
      assertThat(Pem.key(Pem.of(pair)).getEncoded()).isEqualTo(pair.getPrivate().getEncoded());
    }
  }
}
