package ee.interlink.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A whole HTTP answer. */
public final class Reply {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  private Reply(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  static Reply of(HttpResponse<byte[]> response) {
    return new Reply(response.statusCode(), response.headers(), response.body());
  }

  public int status() {
    return status;
  }

  public byte[] bytes() {
    return body.clone();
  }

  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(status + " with no JSON: " + text(), e);
    }
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public String type() {
    return headers.firstValue("Content-Type").orElse("");
  }

  /** This answer if it has that status; otherwise an error that shows what came instead. */
  public Reply expect(int wanted) {
    if (status != wanted) {
      throw new IllegalStateException("HTTP " + status + " instead of " + wanted + ": " + text());
    }
    return this;
  }

  @Override
  public String toString() {
    return "HTTP " + status + " " + type() + " " + text();
  }
}
