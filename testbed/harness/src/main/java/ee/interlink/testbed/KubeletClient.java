package ee.interlink.testbed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a node's kubelet port directly, as its API server would, or as somebody else. */
public final class KubeletClient {
  private static final char[] NO_PASSWORD = {};

  private final URI base;
  private final HttpClient client;
  private final Optional<String> token;

  private KubeletClient(URI base, HttpClient client, Optional<String> token) {
    this.base = base;
    this.client = client;
    this.token = token;
  }

  /** Without any word of who asks. */
  public static KubeletClient anonymous(Kube kube, URI base) {
    return of(kube, base, Optional.empty(), Optional.empty());
  }

  public static KubeletClient withToken(Kube kube, URI base, String token) {
    return of(kube, base, Optional.empty(), Optional.of(token));
  }

  public static KubeletClient withCertificate(Kube kube, URI base, Identities.KeyPair pair) {
    return of(kube, base, Optional.of(pair), Optional.empty());
  }

  private static KubeletClient of(
      Kube kube, URI base, Optional<Identities.KeyPair> pair, Optional<String> token) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(keyStore(pair), NO_PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trustStore(Path.of(kube.setting("KUBE_TESTBED_CA"))));
      tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      HttpClient client =
          HttpClient.newBuilder()
              .sslContext(tls)
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(5))
              .build();
      return new KubeletClient(base, client, token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws UncheckedIOException if no answer came, for instance since the handshake was refused
   */
  public Reply send(String method, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofMinutes(1))
            .method(method, BodyPublishers.noBody());
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    try {
      return Reply.of(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public Reply get(String path) {
    return send("GET", path);
  }

  private static KeyStore trustStore(Path ca) throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("ca", certificate(ca));
    return store;
  }

  private static KeyStore keyStore(Optional<Identities.KeyPair> pair)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    if (pair.isPresent()) {
      PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(pem(pair.get().key()));
      store.setKeyEntry(
          "client",
          KeyFactory.getInstance("EC").generatePrivate(key),
          NO_PASSWORD,
          new Certificate[] {certificate(pair.get().certificate())});
    }
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate certificate(Path file) throws GeneralSecurityException, IOException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem(file)));
  }

  /** The first block of a PEM file, decoded. */
  private static byte[] pem(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    String body = text.replaceAll("(?s).*?-----BEGIN [^-]+-----(.*?)-----END.*", "$1");
    return Base64.getMimeDecoder().decode(body);
  }
}
