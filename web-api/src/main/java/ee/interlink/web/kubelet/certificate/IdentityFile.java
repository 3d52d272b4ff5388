package ee.interlink.web.kubelet.certificate;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where an issued certificate outlives the server, with its key: for our own eyes only. */
public final class IdentityFile {
  private static final System.Logger LOG = System.getLogger(IdentityFile.class.getName());

  private final Path file;

  public IdentityFile(Path file) {
    this.file = file;
  }

  Optional<Identity> read() {
    try {
      String text = Files.readString(file);
      return Optional.of(Identity.of(Pem.key(text), Pem.certificates(text)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.log(WARNING, "{0}: not used: {1}", file, e.getMessage());
      return Optional.empty();
    }
  }

  void write(Identity identity) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path fresh =
        Files.createTempFile(
            folder,
            "new",
            ".pem",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, Pem.of(identity));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
