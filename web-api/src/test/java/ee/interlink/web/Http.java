package ee.interlink.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;

/** Parts of a request, as JAX-RS hands them to a resource. */
public final class Http {
  private static final URI BASE = URI.create("http://localhost:8080/");

  private Http() {}

  public static HttpHeaders headers(String... namesAndValues) {
    ContainerRequest request = request("");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      request.header(namesAndValues[i], namesAndValues[i + 1]);
    }
    return request;
  }

  public static UriInfo uri(String path) {
    return request(path).getUriInfo();
  }

  public static ContainerRequest request(String path) {
    return new ContainerRequest(
        BASE, BASE.resolve(path), "GET", (SecurityContext) null, new MapPropertiesDelegate(), null);
  }

  public static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
