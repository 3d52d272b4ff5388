package ee.interlink.web.portal;

import ee.interlink.offload.Pods;
import ee.interlink.web.log.ContainerLog;
import ee.interlink.web.log.LogFollowers;
import ee.interlink.web.log.LogRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/** The output of a pod's container, while it runs and after. */
@Path("api/v1/pods/{uid}/log")
@ApplicationScoped
@Produces(MediaType.TEXT_PLAIN)
public class PodLogResource {
  @Inject Pods pods;
  @Inject LogFollowers followers;

  @GET
  public void log(
      @PathParam("uid") String uid,
      @QueryParam("container") String container,
      @BeanParam LogParameters parameters,
      @Suspended AsyncResponse answer) {
    LogRequest request = parameters.request(Instant.now());
    followers.stream(ContainerLog.of(pods, Parameter.uid(uid), container), request, answer);
  }
}
