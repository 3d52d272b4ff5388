package ee.interlink.web.wire;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.web.log.ContainerLog;
import ee.interlink.web.log.LogFollowers;
import ee.interlink.web.log.LogRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.io.InputStream;

/** {@code /getLogs}: a container's output as a stream of text. */
@Path("getLogs")
@ApplicationScoped
public class LogsResource {
  @Inject Pods pods;
  @Inject LogFollowers followers;

  @GET
  public void get(InputStream body, @Suspended AsyncResponse answer) {
    logs(body, answer);
  }

  @POST
  public void post(InputStream body, @Suspended AsyncResponse answer) {
    logs(body, answer);
  }

  private void logs(InputStream body, AsyncResponse answer) {
    LogStruct asked =
        WireBody.read(body, LogStruct.class).orElseThrow(() -> WireBody.malformed("empty"));
    PodUid uid = asked.uid();
    String container = asked.container();
    LogRequest wanted = asked.wanted();
    followers.stream(ContainerLog.of(pods, uid, container), wanted, answer);
  }
}
