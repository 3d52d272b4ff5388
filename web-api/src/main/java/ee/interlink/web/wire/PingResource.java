package ee.interlink.web.wire;

import ee.interlink.backends.BackendHealth;
import ee.interlink.backends.BackendHealth.Health;
import ee.interlink.batch.BackendName;
import ee.interlink.configuration.Configuration;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code /pinglink}: whether pods can be sent here. The virtual kubelet takes any status but 200
 * for a node that is not ready.
 */
@Path("pinglink")
@ApplicationScoped
public class PingResource {
  @Inject Configuration configuration;
  @Inject BackendHealth health;

  @GET
  public Response get() {
    return ping();
  }

  @POST
  public Response post() {
    return ping();
  }

  private Response ping() {
    Set<BackendName> backends = configuration.backends().keySet();
    if (backends.stream().map(health::of).noneMatch(Health::healthy)) {
      String reasons =
          backends.stream()
              .map(name -> name + ": " + health.of(name).reason())
              .sorted()
              .collect(Collectors.joining("; "));
      throw new ProblemException(ProblemKind.BACKEND_UNAVAILABLE, reasons);
    }
    return Response.ok("{\"status\":\"ok\"}").type(MediaType.APPLICATION_JSON).build();
  }
}
