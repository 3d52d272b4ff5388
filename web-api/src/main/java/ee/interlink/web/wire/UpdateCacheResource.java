package ee.interlink.web.wire;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** {@code /updateCache}: there is no cache here, a status is derived each time it is asked for. */
@Path("updateCache")
public class UpdateCacheResource {
  @POST
  public Response post() {
    return done();
  }

  @PUT
  public Response put() {
    return done();
  }

  private static Response done() {
    return Response.ok("Updated cache").type("text/plain;charset=utf-8").build();
  }
}
