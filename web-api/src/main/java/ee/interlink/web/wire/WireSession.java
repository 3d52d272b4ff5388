package ee.interlink.web.wire;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The header by which the interLink components follow one call through all of them: kept, or made
 * if the caller has none.
 *
 * @param id never empty
 */
public record WireSession(String id) {
  static final String HEADER = "InterLink-Http-Session";
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final Set<String> PATHS =
      Set.of("/create", "/delete", "/status", "/getLogs", "/pinglink", "/updateCache");

  /** Whether a path belongs to the interLink API. */
  public static boolean isWirePath(String path) {
    return PATHS.contains(path);
  }

  public static WireSession of(HttpHeaders headers) {
    return of(headers.getHeaderString(HEADER));
  }

  static WireSession of(String stated) {
    boolean kept = stated != null && FORM.matcher(stated).matches();
    return new WireSession(kept ? stated : "Request-" + UUID.randomUUID());
  }

  /** With what texts about a failed call begin. */
  public String prefix() {
    return "HTTP InterLink session " + id + ": ";
  }

  /** Gives each request its session, and each response the same. */
  @Provider
  @PreMatching
  public static class Filter implements ContainerRequestFilter, ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (concerns(request)) {
        String id = of(request.getHeaderString(HEADER)).id();
        request.getHeaders().putSingle(HEADER, id);
      }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      if (concerns(request)) {
        response.getHeaders().putSingle(HEADER, of(request.getHeaderString(HEADER)).id());
      }
    }

    private static boolean concerns(ContainerRequestContext request) {
      String path = request.getUriInfo().getPath();
      return isWirePath(path.startsWith("/") ? path : "/" + path);
    }
  }
}
