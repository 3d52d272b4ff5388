package ee.interlink.web.problem;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.offload.UnknownBackendException;
import ee.interlink.offload.pod.RefusedPodException;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The one table from exceptions to problems. What is not in it is our own failure. */
final class Problems {
  private record Line<T extends Throwable>(Class<T> thrown, Function<T, Problem> problem) {
    Optional<Problem> match(Throwable e) {
      return thrown.isInstance(e) ? Optional.of(problem.apply(thrown.cast(e))) : Optional.empty();
    }
  }

  private static final List<Line<?>> TABLE =
      List.of(
          new Line<>(ProblemException.class, e -> Problem.of(e.kind(), e.getMessage())),
          new Line<>(
              RefusedPodException.class,
              e -> Problem.of(ProblemKind.REFUSED_POD, e.getMessage(), e.faults())),
          new Line<>(UnknownBackendException.class, told(ProblemKind.UNKNOWN_BACKEND)),
          new Line<>(BackendUnavailableException.class, told(ProblemKind.BACKEND_UNAVAILABLE)),
          new Line<>(JobRejectedException.class, told(ProblemKind.BACKEND_REFUSED)),
          new Line<>(NotAuthorisedException.class, told(ProblemKind.BACKEND_REFUSED)),
          new Line<>(WebApplicationException.class, Problems::ofHttp));

  /** What people can do about a status that JAX-RS itself gives; others have their title only. */
  private static final Map<Integer, String> HTTP_DETAILS =
      Map.of(
          404, "nothing is here; see /openapi for what there is",
          405, "this is here, but not with that method",
          406, "application/json is offered, and application/yaml for pods",
          415, "send a pod as application/yaml or application/json");

  private Problems() {}

  /** The problem that an exception stands for; empty if it is our own failure. */
  static Optional<Problem> of(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    return TABLE.stream().flatMap(line -> line.match(cause).stream()).findFirst();
  }

  /** A container wraps what leaves an EJB. */
  private static Throwable unwrapped(Throwable thrown) {
    Throwable inner = thrown;
    while (inner instanceof EJBException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static <T extends Throwable> Function<T, Problem> told(ProblemKind kind) {
    return e -> Problem.of(kind, e.getMessage());
  }

  private static Problem ofHttp(WebApplicationException e) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    return Problem.ofStatus(
        status.getStatusCode(),
        status.getReasonPhrase(),
        HTTP_DETAILS.getOrDefault(status.getStatusCode(), status.getReasonPhrase()));
  }
}
