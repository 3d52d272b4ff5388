package ee.interlink.web.kubelet.certificate;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** A certificate that somebody else keeps fresh: read again when its files change. */
public final class CertificateFiles implements Renewal {
  private static final System.Logger LOG = System.getLogger(CertificateFiles.class.getName());

  private record Times(FileTime certificate, FileTime key) {}

  private final Path certificate;
  private final Path key;
  private final CurrentIdentity current;
  private Times seen;

  /**
   * @throws IOException if they cannot be used
   */
  public CertificateFiles(Path certificate, Path key) throws IOException {
    this.certificate = certificate;
    this.key = key;
    this.seen = times();
    this.current = new CurrentIdentity(read());
  }

  public CurrentIdentity current() {
    return current;
  }

  @Override
  public void look() {
    try {
      Times now = times();
      if (!now.equals(seen)) {
        seen = now; // also if they are broken: said once, until they change again
        current.set(read());
        LOG.log(INFO, "{0}: a new certificate is in use", certificate);
      }
    } catch (IOException e) {
      LOG.log(WARNING, "{0}: the certificate stays the old one: {1}", certificate, e.getMessage());
    }
  }

  private Times times() throws IOException {
    return new Times(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
  }

  private Identity read() throws IOException {
    return Identity.of(
        Pem.key(Files.readString(key)), Pem.certificates(Files.readString(certificate)));
  }
}
