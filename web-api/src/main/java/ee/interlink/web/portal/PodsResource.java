package ee.interlink.web.portal;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.offload.UnknownBackendException;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.web.body.RequestBody;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The portal's pods: a Pod goes in, a Pod with its status comes out. */
@Path("api/v1/pods")
@ApplicationScoped
@Produces({MediaType.APPLICATION_JSON, Representation.YAML})
public class PodsResource {
  @Inject Pods pods;

  @POST
  @Consumes({
    Representation.YAML,
    "text/yaml",
    "application/x-yaml",
    "text/x-yaml",
    MediaType.APPLICATION_JSON
  })
  public Response create(
      @QueryParam("backend") String backend,
      @Context HttpHeaders headers,
      @Context UriInfo uri,
      InputStream body)
      throws RefusedPodException, UnknownBackendException {
    String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    long stated = Parameter.number(HttpHeaders.CONTENT_LENGTH, length).orElse(-1);
    String text = RequestBody.text(body, stated, RequestBody.POD_LIMIT);
    Pod pod = PodDocument.read(text, headers.getMediaType());
    PodUid uid = new PodUid(pod.getMetadata().getUid());
    Optional<PodEntry> created = new PodCreation(pods).create(pod, Parameter.text(backend));
    if (created.isEmpty()) {
      return Representation.of(200, pods.find(uid).orElseThrow(noSuchPod(uid)), headers).build();
    }
    return Representation.of(201, pods.shown(created.get()), headers)
        .location(uri.getAbsolutePathBuilder().path(uid.value()).build())
        .build();
  }

  @GET
  public Response list(
      @QueryParam("namespace") String namespace,
      @QueryParam("backend") String backend,
      @QueryParam("limit") String limit,
      @QueryParam("continue") String after,
      @Context HttpHeaders headers) {
    PodPage page =
        PodPage.of(
            pods,
            Parameter.text(namespace),
            Parameter.text(backend),
            Parameter.number("limit", limit),
            Parameter.text(after));
    return Representation.of(200, page.asList(), headers).build();
  }

  @GET
  @Path("{uid}")
  public Response get(@PathParam("uid") String name, @Context HttpHeaders headers) {
    PodUid uid = Parameter.uid(name);
    return Representation.of(200, pods.find(uid).orElseThrow(noSuchPod(uid)), headers).build();
  }

  @DELETE
  @Path("{uid}")
  public Response delete(
      @PathParam("uid") String name,
      @QueryParam("gracePeriodSeconds") String grace,
      @Context HttpHeaders headers) {
    PodUid uid = Parameter.uid(name);
    OptionalLong seconds = Parameter.number("gracePeriodSeconds", grace);
    if (seconds.orElse(0) > Integer.MAX_VALUE) {
      throw Parameter.invalid("gracePeriodSeconds", "is too large");
    }
    Optional<Duration> wanted =
        seconds.isPresent()
            ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
            : Optional.empty();
    // A pod without a job may be gone before it can be looked at again.
    Pod before = pods.find(uid).orElseThrow(noSuchPod(uid));
    return Representation.of(202, pods.delete(uid, wanted).orElse(before), headers).build();
  }

  private static Supplier<ProblemException> noSuchPod(PodUid uid) {
    return () -> new ProblemException(ProblemKind.NO_SUCH_POD, uid.value());
  }
}
