package ee.interlink.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.CertUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which algorithm a kubeconfig's client key is for. The client library takes every key in PKCS #8
 * form for one of RSA unless it is told, and most clusters of today have keys on elliptic curves.
 */
final class ClientKey {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END", Pattern.DOTALL);
  private static final String CURVES = "EC";

  private ClientKey() {}

  static void nameAlgorithm(Config config) {
    if (config.getClientKeyData() == null && config.getClientKeyFile() == null) {
      return;
    }
    try (InputStream key =
        CertUtils.getInputStreamFromDataOrFile(
            config.getClientKeyData(), config.getClientKeyFile())) {
      Matcher pem = PKCS8.matcher(new String(key.readAllBytes(), StandardCharsets.US_ASCII));
      if (pem.find() && isOnCurve(Base64.getMimeDecoder().decode(pem.group(1)))) {
        config.setClientKeyAlgo(CURVES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig's client key cannot be read", e);
    }
  }

  private static boolean isOnCurve(byte[] key) {
    try {
      return KeyFactory.getInstance(CURVES).generatePrivate(new PKCS8EncodedKeySpec(key)) != null;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
