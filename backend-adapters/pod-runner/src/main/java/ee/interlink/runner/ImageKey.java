package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.batch.RegistryAuth;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name under which a site keeps a fetched image: of the reference and of all that the pod shows
 * to registries. So nobody runs an image out of the cache whom the registry has not let in once:
 * with other credentials, or with none, it is fetched anew.
 */
final class ImageKey {
  private ImageKey() {}

  static String of(String reference, Optional<RegistryAuth> auth) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(reference.getBytes(UTF_8));
      digest.update((byte) 0); // no reference has one
      auth.ifPresent(known -> digest.update(known.json().getBytes(UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each Java has it
    }
  }
}
