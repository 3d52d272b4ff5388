package ee.interlink.web.wire;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** {@code /delete}: asked for once only by the original, so what we take on here is ours to end. */
@Path("delete")
@ApplicationScoped
public class DeleteResource {
  @Inject Pods pods;

  @DELETE
  public Response delete(InputStream body) {
    return asked(body);
  }

  @POST
  public Response post(InputStream body) {
    return asked(body);
  }

  private Response asked(InputStream body) {
    PodName pod = WireBody.read(body, PodName.class).orElseThrow(() -> WireBody.malformed("empty"));
    PodUid uid = pod.uid().orElseThrow(() -> WireBody.malformed("metadata.uid"));
    boolean known = pods.delete(uid, pod.grace()).isPresent();
    return Response.ok(known ? "Pod is being deleted" : "Pod is not here")
        .type("text/plain;charset=utf-8")
        .build();
  }
}
