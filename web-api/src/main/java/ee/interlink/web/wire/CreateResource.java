package ee.interlink.web.wire;

import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.offload.UnknownBackendException;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import ee.interlink.web.body.Json;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** {@code /create}: the virtual kubelet wants to hear the job's id, or why there is no job. */
@Path("create")
@ApplicationScoped
public class CreateResource {
  @Inject Pods pods;
  @Inject SubmissionWaits waits;

  @POST
  public void create(InputStream body, @Suspended AsyncResponse answer)
      throws RefusedPodException, UnknownBackendException {
    CreateRequest request =
        WireBody.read(body, CreateRequest.class).orElseThrow(() -> WireBody.malformed("empty"));
    if (!request.scriptBuilder().isEmpty()) {
      throw new ProblemException(
          ProblemKind.JOB_REFUSED, "jobscriptURL is not supported: jobs run one constant script");
    }
    ResolvedPod pod = WirePod.resolve(request);
    pods.accept(pod, WirePod.backend(pod.pod()), Door.INTERLINK);
    PodUid uid = new PodUid(pod.pod().getMetadata().getUid());
    waits.resume(pods, uid, answer, () -> answer(uid));
  }

  /** The same for each call: an id that is not known yet is the name of the job. */
  Response answer(PodUid uid) {
    PodEntry entry =
        pods.entry(uid)
            .orElseThrow(
                () -> new ProblemException(ProblemKind.JOB_REFUSED, "the pod was deleted"));
    if (entry.stage() == Stage.REFUSED) {
      throw new ProblemException(ProblemKind.JOB_REFUSED, entry.fault());
    }
    String job = entry.job().map(JobId::value).orElse(uid.value());
    return Response.ok(Json.bytes(new CreateAnswer(uid.value(), job)))
        .type(MediaType.APPLICATION_JSON)
        .build();
  }
}
