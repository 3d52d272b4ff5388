package ee.interlink.web.wire;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.web.body.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /status}: how the named pods are, or all of them. */
@Path("status")
@ApplicationScoped
public class StatusResource {
  @Inject Pods pods;

  @GET
  public Response get(InputStream body) {
    return status(body);
  }

  @POST
  public Response post(InputStream body) {
    return status(body);
  }

  private Response status(InputStream body) {
    PodName[] named = WireBody.read(body, PodName[].class).orElse(new PodName[0]);
    List<PodUid> uids = Stream.of(named).map(PodName::uid).flatMap(Optional::stream).toList();
    KnownPods known = new KnownPods(pods);
    List<WirePodStatus> statuses = named.length == 0 ? known.all() : known.of(uids);
    return Response.ok(Json.bytes(statuses)).type(MediaType.APPLICATION_JSON).build();
  }
}
