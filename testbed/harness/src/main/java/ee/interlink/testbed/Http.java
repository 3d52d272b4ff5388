package ee.interlink.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One client for both front doors; GET and DELETE may carry bodies. */
final class Http {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI base;

  Http(URI base) {
    this.base = base;
  }

  Reply send(String method, String path) {
    return Reply.of(
        send(request(method, path, BodyPublishers.noBody()), BodyHandlers.ofByteArray()));
  }

  Reply send(String method, String path, String type, byte[] body) {
    HttpRequest.Builder request = request(method, path, BodyPublishers.ofByteArray(body));
    return Reply.of(send(request.header("Content-Type", type), BodyHandlers.ofByteArray()));
  }

  /** An answer that goes on: an error if it is not 200. */
  InputStream stream(String path) {
    return stream(request("GET", path, BodyPublishers.noBody()));
  }

  InputStream stream(String path, String type, byte[] body) {
    return stream(
        request("GET", path, BodyPublishers.ofByteArray(body)).header("Content-Type", type));
  }

  private InputStream stream(HttpRequest.Builder request) {
    HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("HTTP " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String method, String path, BodyPublisher body) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).method(method, body);
  }

  private static <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
    try {
      return CLIENT.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
