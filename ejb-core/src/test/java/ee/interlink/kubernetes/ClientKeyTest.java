package ee.interlink.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientKeyTest {
  private static final String CURVES = "EC";

  private static String pem(String algorithm) throws Exception {
    byte[] key =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static Config withData(String pem) {
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    return new ConfigBuilder(Config.empty())
        .withClientKeyData(Base64.getEncoder().encodeToString(bytes))
        .build();
  }

  private static String named(Config config) {
    ClientKey.nameAlgorithm(config);
    return config.getClientKeyAlgo();
  }

  @Test
  void a_key_on_a_curve_is_recognized() throws Exception {
    assertThat(named(withData(pem("EC")))).isEqualTo(CURVES);
  }

  @Test
  void a_key_of_rsa_is_left_to_the_client_library() throws Exception {
    assertThat(named(withData(pem("RSA")))).isNotEqualTo(CURVES);
  }

  @Test
  void a_key_in_a_file_is_recognized(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("key"), pem("EC"));
    Config config = new ConfigBuilder(Config.empty()).withClientKeyFile(file.toString()).build();
    assertThat(named(config)).isEqualTo(CURVES);
  }

  @Test
  void a_file_that_is_not_there_stops_the_start(@TempDir Path folder) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withClientKeyFile(folder.resolve("none").toString())
            .build();
    assertThatThrownBy(() -> ClientKey.nameAlgorithm(config))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("client key");
  }

  @Test
  void a_token_needs_no_key() {
    Config config = new ConfigBuilder(Config.empty()).withOauthToken("t").build();
    assertThat(named(config)).isNotEqualTo(CURVES);
  }
}
