package ee.interlink.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** What tells the content of a volume from another. */
final class ContentDigest {
  private static final int BYTES = 8;

  private ContentDigest() {}

  static String of(List<Volume.File> files) {
    MessageDigest digest = sha256();
    files.stream()
        .sorted(Comparator.comparing(Volume.File::path))
        .forEach(
            file -> {
              byte[] path = file.path().getBytes(UTF_8);
              // The lengths keep the end of one apart from the beginning of the next.
              digest.update(
                  ByteBuffer.allocate(3 * Integer.BYTES)
                      .putInt(path.length)
                      .putInt(file.mode())
                      .putInt(file.content().length)
                      .flip());
              digest.update(path);
              digest.update(file.content());
            });
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
