package ee.interlink.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.NotAuthorisedException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Opens slurmrestd for one account, by MicroProfile Rest Client. */
final class RestDoor {
  private RestDoor() {}

  /** Who asks, told with each question; the token may have been renewed since the last one. */
  private record Identity(SlurmToken token) implements ClientRequestFilter {
    @Override
    public void filter(ClientRequestContext request) throws IOException {
      request.getHeaders().putSingle("X-SLURM-USER-NAME", token.account().value());
      try {
        request.getHeaders().putSingle("X-SLURM-USER-TOKEN", token.value());
      } catch (NotAuthorisedException e) {
        throw new IOException(e.getMessage(), e);
      }
      // What is sent as it comes the JDK's connection cannot send once more. Other clients do not.
      if (request.getEntity() instanceof String body
          && request.getClient().getClass().getName().startsWith("org.glassfish.jersey.")) {
        request.getHeaders().putSingle("Content-Length", body.getBytes(UTF_8).length);
      }
    }
  }

  /**
   * A way in that stays open between questions.
   *
   * @param limit of each question
   * @throws NotAuthorisedException if there is no token of this account
   */
  static Slurmrestd enter(RestSettings settings, AccountName account, Duration limit)
      throws BatchException {
    SlurmToken token = new SlurmToken(account, settings.tokens().resolve(account.value()));
    token.check();
    RestClientBuilder builder =
        RestClientBuilder.newBuilder()
            .baseUri(settings.service())
            .connectTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .readTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            // An answer that says what is wrong is read like any other.
            .property("microprofile.rest.client.disable.default.mapper", true)
            .property("jersey.config.client.httpUrlConnector.useFixedLengthStreaming", true)
            .register(new Identity(token));
    if (settings.authorities().isPresent()) {
      builder.trustStore(trust(settings.authorities().get()));
    }
    return builder.build(Slurmrestd.class);
  }

  private static KeyStore trust(Path file) throws BackendUnavailableException {
    try (InputStream certificates = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each :
          CertificateFactory.getInstance("X.509").generateCertificates(certificates)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), each);
      }
      return trusted;
    } catch (IOException | GeneralSecurityException e) {
      throw new BackendUnavailableException("the certificates of " + file + " cannot be read", e);
    }
  }
}
