package ee.interlink.web.problem;

import static java.lang.System.Logger.Level.ERROR;

import ee.interlink.web.body.Json;
import ee.interlink.web.wire.WireSession;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.UUID;

/** Says what went wrong: as a problem document, or in the interLink API's one line of text. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

  /** Headers with which JAX-RS explains a status, to be kept. */
  private static final Set<String> EXPLAINING = Set.of("Allow", "Retry-After");

  @Context UriInfo uri;
  @Context HttpHeaders headers;

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof WebApplicationException http && http.getResponse().getStatus() < 400) {
      return http.getResponse();
    }
    String path = uri.getPath();
    String here = path.startsWith("/") ? path : "/" + path;
    Problem problem =
        Problems.of(thrown).map(known -> known.at(here)).orElseGet(() -> failure(thrown));
    Response.ResponseBuilder answer =
        WireSession.isWirePath(here) ? text(problem) : document(problem);
    if (thrown instanceof WebApplicationException http) {
      http.getResponse().getHeaders().entrySet().stream()
          .filter(header -> EXPLAINING.contains(header.getKey()))
          .forEach(h -> h.getValue().forEach(value -> answer.header(h.getKey(), value)));
    }
    return answer.build();
  }

  /** The log has the cause, the caller only the id under which to find it there. */
  private static Problem failure(Throwable thrown) {
    String id = "urn:uuid:" + UUID.randomUUID();
    LOG.log(ERROR, "request failed, " + id, thrown);
    return Problem.of(ProblemKind.INTERNAL, "the server's log has more under " + id).at(id);
  }

  private static Response.ResponseBuilder document(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(Json.bytes(problem));
  }

  private Response.ResponseBuilder text(Problem problem) {
    String line = problem.title() + ": " + problem.detail();
    return Response.status(problem.status())
        .type("text/plain;charset=utf-8")
        .header("X-Content-Type-Options", "nosniff")
        .entity(WireSession.of(headers).prefix() + line);
  }
}
