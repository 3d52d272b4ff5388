package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ee.interlink.testbed.Identities.KeyPair;
import ee.interlink.testbed.Kube;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server over connections that stay open; a kubectl for each request would be the load. */
final class KubeClient {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final char[] NONE = {};

  private final URI base;
  private final HttpClient http;

  KubeClient(Kube kube, KeyPair identity) {
    this.base = kube.address();
    try {
      this.http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .sslContext(tls(Path.of(kube.setting("KUBE_TESTBED_CA")), identity))
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext tls(Path ca, KeyPair identity)
      throws IOException, GeneralSecurityException {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, NONE);
    known.setCertificateEntry("ca", certificate(ca));
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, NONE);
    own.setKeyEntry(
        "client",
        key(identity.key()),
        NONE,
        new Certificate[] {certificate(identity.certificate())});
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NONE);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
    String text = Files.readString(pem).replaceAll("-----[^-]+-----", "");
    byte[] pkcs8 = Base64.getMimeDecoder().decode(text);
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  JsonNode create(String path, JsonNode object) {
    return json(request(path).POST(BodyPublishers.ofString(object.toString())));
  }

  JsonNode get(String path) {
    return json(request(path).GET());
  }

  String text(String path) {
    return send(request(path).GET(), BodyHandlers.ofString()).body();
  }

  /** What is not there is no error. */
  void delete(String path) {
    HttpResponse<String> response = sent(request(path).DELETE(), BodyHandlers.ofString());
    if (response.statusCode() >= 300 && response.statusCode() != 404) {
      throw new IllegalStateException(path + ": " + response.body());
    }
  }

  /** An answer without an end: one object a line. */
  InputStream stream(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).GET();
    return send(request, BodyHandlers.ofInputStream()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(LIMIT)
        .header("Content-Type", "application/json");
  }

  private JsonNode json(HttpRequest.Builder request) {
    try {
      return JSON.readTree(send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
    HttpResponse<T> response = sent(request, handler);
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          response.uri() + ": HTTP " + response.statusCode() + " " + response.body());
    }
    return response;
  }

  private <T> HttpResponse<T> sent(HttpRequest.Builder request, BodyHandler<T> handler) {
    try {
      return http.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
