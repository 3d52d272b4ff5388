package ee.interlink.web.portal;

import ee.interlink.backends.BackendHealth;
import ee.interlink.backends.Capacities;
import ee.interlink.batch.BackendName;
import ee.interlink.configuration.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;

/** Where pods can go, and how it is there. */
@Path("api/v1/backends")
@ApplicationScoped
@Produces({MediaType.APPLICATION_JSON, Representation.YAML})
public class BackendsResource {
  @Inject Configuration configuration;
  @Inject BackendHealth health;
  @Inject Capacities capacities;

  @GET
  public Response list(@Context HttpHeaders headers) {
    BackendName usual = configuration.defaultBackend().orElse(null);
    List<BackendView> views =
        configuration.backends().values().stream()
            .map(
                b ->
                    BackendView.of(
                        b, health.of(b.name()), capacities.last(b.name()), b.name().equals(usual)))
            .sorted(Comparator.comparing(BackendView::name))
            .toList();
    return Representation.of(200, views, headers).build();
  }
}
