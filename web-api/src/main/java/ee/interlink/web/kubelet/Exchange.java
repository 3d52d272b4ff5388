package ee.interlink.web.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** One request and its answer. */
final class Exchange {
  static final String TEXT = "text/plain;charset=utf-8";
  static final String JSON = "application/json";

  private final Request request;
  private final Response response;

  Exchange(Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  String method() {
    return request.getMethod();
  }

  /** The one form of the path, by which rights are asked for and pages are found. */
  String path() {
    return Objects.requireNonNullElse(request.getHttpURI().getCanonicalPath(), ""); // OPTIONS *
  }

  /** Empty if the query does not have it. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(Request.extractQueryParameters(request).getValue(name));
  }

  Optional<String> header(HttpHeader name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** What the client showed in the handshake, unchecked. */
  List<X509Certificate> shown() {
    EndPoint.SslSessionData session =
        (EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
    return session == null || session.peerCertificates() == null
        ? List.of()
        : List.of(session.peerCertificates());
  }

  Exchange with(HttpHeader name, String value) {
    response.getHeaders().put(name, value);
    return this;
  }

  int status() {
    return response.getStatus();
  }

  void answer(int status, String text) throws IOException {
    answer(status, TEXT, text.getBytes(UTF_8));
  }

  void answer(int status, String type, byte[] body) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    try (OutputStream out = stream(type)) {
      out.write(body);
    }
  }

  /** Where an answer goes whose length nobody knows; in chunks, so that a break can be told. */
  OutputStream stream(String type) {
    if (!response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
      with(HttpHeader.TRANSFER_ENCODING, "chunked");
    }
    with(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    return Content.Sink.asOutputStream(response);
  }

  /**
   * Prepares for an answer that may be silent for hours. No other request comes by this connection,
   * so that whether the client is still there can be seen by reading from it.
   */
  ClientWatch watched() {
    with(HttpHeader.CONNECTION, "close");
    request.addIdleTimeoutListener(silence -> false);
    return new ClientWatch(request.getConnectionMetaData().getConnection().getEndPoint());
  }
}
