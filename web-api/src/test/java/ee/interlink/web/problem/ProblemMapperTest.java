package ee.interlink.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.web.Http;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemMapperTest {
  private static Response answer(String path, Throwable thrown) {
    ProblemMapper mapper = new ProblemMapper();
    mapper.uri = Http.uri(path);
    mapper.headers = Http.headers("InterLink-Http-Session", "CreatePod#7");
    return mapper.toResponse(thrown);
  }

  private static JsonNode document(Response answer) throws IOException {
    assertThat(answer.getMediaType()).hasToString("application/problem+json");
    JsonNode problem = PodJson.mapper().readTree((byte[]) answer.getEntity());
    assertThat(problem.at("/status").asInt()).isEqualTo(answer.getStatus());
    return problem;
  }

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(new BackendUnavailableException("out"), 503, "backend-unavailable"),
        Arguments.of(new JobRejectedException("no"), 502, "backend-refused"),
        Arguments.of(new NotAuthorisedException("no"), 502, "backend-refused"),
        Arguments.of(new RefusedPodException(List.of()), 422, "refused-pod"),
        Arguments.of(
            new EJBException(new ProblemException(ProblemKind.NO_SUCH_POD, "u")),
            404,
            "no-such-pod"),
        Arguments.of(new EJBException("nothing inside"), 500, "internal"),
        Arguments.of(new StackOverflowError(), 500, "internal"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void each_exception_has_its_problem(Throwable thrown, int status, String slug)
      throws IOException {
    JsonNode problem = document(answer("api/v1/pods", thrown));
    assertThat(problem.at("/status").asInt()).isEqualTo(status);
    assertThat(problem.at("/type").asText()).isEqualTo("urn:interlink-ee:problem:" + slug);
    assertThat(problem.at("/title").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void each_kind_has_a_type_a_title_and_an_error_status(ProblemKind kind) throws IOException {
    JsonNode problem = document(answer("api/v1/pods/x", new ProblemException(kind, "words")));
    assertThat(problem.at("/type").asText()).isEqualTo(kind.type());
    assertThat(problem.at("/detail").asText()).isEqualTo("words");
    assertThat(problem.at("/instance").asText()).isEqualTo("/api/v1/pods/x");
    assertThat(kind.status()).isBetween(400, 599);
  }

  @Test
  void each_fault_of_a_pod_is_in_its_problem() throws IOException {
    Throwable refused =
        new RefusedPodException(
            List.of(new FieldFault("spec.a", "is odd"), new FieldFault("spec.b", "is even")));
    JsonNode faults = document(answer("api/v1/pods", refused)).at("/faults");
    assertThat(faults).hasSize(2);
    assertThat(faults.at("/0/field").asText()).isEqualTo("spec.a");
    assertThat(faults.at("/1/fault").asText()).isEqualTo("is even");
  }

  @Test
  void a_failure_of_ours_shows_nothing_but_the_id_under_which_the_log_has_it() {
    Response answer = answer("api/v1/pods", new IllegalStateException("password hunter2"));
    assertThat(answer.getStatus()).isEqualTo(500);
    assertThat(new String((byte[]) answer.getEntity(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("urn:uuid:")
        .doesNotContain("hunter2", "IllegalState");
  }

  @Test
  void what_http_itself_refuses_is_a_problem_too() throws IOException {
    assertThat(document(answer("nowhere", new NotFoundException())).at("/type").asText())
        .isEqualTo("about:blank");
    assertThat(document(answer("api/v1/pods", new NotSupportedException())).at("/detail").asText())
        .contains("application/yaml");
  }

  @Test
  void the_allowed_methods_are_kept() {
    Response answer = answer("api/v1/pods", new NotAllowedException("GET", new String[] {"POST"}));
    assertThat(answer.getStatus()).isEqualTo(405);
    assertThat(answer.getHeaderString("Allow")).contains("GET").contains("POST");
  }

  @Test
  void the_interlink_api_is_answered_with_a_line_of_text_that_begins_with_its_session() {
    Response answer = answer("create", new ProblemException(ProblemKind.JOB_REFUSED, "no QOS"));
    assertThat(answer.getStatus()).isEqualTo(500);
    assertThat(answer.getMediaType().toString()).startsWith("text/plain");
    assertThat(answer.getHeaderString("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.getEntity())
        .isEqualTo("HTTP InterLink session CreatePod#7: The job was refused: no QOS");
  }
}
