package ee.interlink.web.wire;

import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.offload.UnknownBackendException;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.PublishedAnnotations;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import ee.interlink.web.body.Json;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;

/** {@code /create}: the virtual kubelet wants to hear the job's id, or why there is no job. */
@Path("create")
@ApplicationScoped
public class CreateResource {
  private static final System.Logger LOG = System.getLogger(CreateResource.class.getName());

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
    tellOfTunnel(pod.pod(), uid);
    waits.resume(pods, uid, answer, () -> answer(uid));
  }

  /**
   * The virtual kubelet adds it to pods with ports, and they run well without; but it is a loss.
   */
  private static void tellOfTunnel(Pod pod, PodUid uid) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    if (annotations != null && annotations.containsKey(PublishedAnnotations.TUNNEL_COMMAND)) {
      LOG.log(
          WARNING,
          "pod {0}: {1} is not run, so nobody in the cluster reaches the pod''s ports",
          uid,
          PublishedAnnotations.TUNNEL_COMMAND);
    }
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
