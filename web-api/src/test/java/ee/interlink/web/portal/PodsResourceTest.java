package ee.interlink.web.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.UnknownBackendException;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import ee.interlink.web.FakePods;
import ee.interlink.web.Http;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class PodsResourceTest {
  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","uid":"u-1"},
       "spec":{"containers":[{"name":"main","image":"i","args":["1"]}]}}""";

  private final FakePods core = new FakePods();
  private final PodsResource resource = new PodsResource();

  PodsResourceTest() {
    resource.pods = core;
  }

  private Response create(String text) throws RefusedPodException, UnknownBackendException {
    return resource.create(
        null, Http.headers("Accept", "*/*"), Http.uri("api/v1/pods"), Http.body(text));
  }

  private static JsonNode json(Response response) throws IOException {
    return PodJson.mapper().readTree((byte[]) response.getEntity());
  }

  private static ProblemKind kindOf(Throwable thrown) {
    return ((ProblemException) thrown).kind();
  }

  @Test
  void a_new_pod_is_created_and_shown_with_its_place_and_status() throws Exception {
    Response answer = create(POD);
    assertThat(answer.getStatus()).isEqualTo(201);
    assertThat(answer.getLocation()).hasPath("/api/v1/pods/u-1");
    assertThat(json(answer).at("/status/phase").asText()).isEqualTo("Pending");
    assertThat(core.door).isEqualTo(Door.PORTAL);
  }

  @Test
  void the_same_pod_again_is_the_one_that_is_there() throws Exception {
    create(POD);
    Response answer = create(POD);
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getLocation()).isNull();
    assertThat(core.accepted).hasSize(1);
  }

  @Test
  void another_pod_with_a_taken_uid_is_a_conflict() throws Exception {
    create(POD);
    assertThatThrownBy(() -> create(POD.replace("[\"1\"]", "[\"2\"]")))
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(ProblemKind.UID_TAKEN));
  }

  @Test
  void the_same_pod_for_another_backend_is_a_conflict() throws Exception {
    create(POD);
    assertThatThrownBy(
            () ->
                resource.create(
                    "there",
                    Http.headers("Accept", "*/*"),
                    Http.uri("api/v1/pods"),
                    Http.body(POD)))
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(ProblemKind.UID_TAKEN));
  }

  @Test
  void a_pod_of_the_other_door_is_never_the_same() throws Exception {
    create(POD);
    FakePods other =
        new FakePods() {
          @Override
          public Optional<PodEntry> accept(ResolvedPod pod, Optional<String> backend, Door door) {
            return Optional.empty();
          }
        };
    other.accepted.putAll(core.accepted);
    other.door = Door.INTERLINK;
    resource.pods = other;
    assertThatThrownBy(() -> create(POD))
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(ProblemKind.UID_TAKEN));
  }

  @Test
  void a_pod_without_containers_is_refused_by_the_core() {
    String text =
        POD.replaceAll("\\[\\{.*]}]", "[]").replaceAll("\"containers\":.*", "\"containers\":[]}}");
    assertThatThrownBy(() -> create(text))
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.containers");
  }

  @Test
  void a_restart_policy_that_is_none_is_refused_by_name() {
    String text = POD.replace("\"spec\":{", "\"spec\":{\"restartPolicy\":\"Sometimes\",");
    assertThatThrownBy(() -> create(text))
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.restartPolicy");
  }

  @Test
  void an_answer_is_yaml_for_who_asks_for_it() throws Exception {
    create(POD);
    Response answer = resource.get("u-1", Http.headers("Accept", "application/yaml"));
    assertThat(answer.getMediaType()).hasToString("application/yaml");
    assertThat(new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8))
        .contains("name: a", "- \"1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"u-2", "../etc", "A", ""})
  void a_pod_that_is_not_there_is_not_found(String uid) {
    assertThatThrownBy(() -> resource.get(uid, Http.headers("Accept", "*/*")))
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(ProblemKind.NO_SUCH_POD));
    assertThatThrownBy(() -> resource.delete(uid, null, Http.headers("Accept", "*/*")))
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(ProblemKind.NO_SUCH_POD));
  }

  @Test
  void a_deletion_is_accepted_with_its_grace() throws Exception {
    create(POD);
    Response answer = resource.delete("u-1", "7", Http.headers("Accept", "*/*"));
    assertThat(answer.getStatus()).isEqualTo(202);
    assertThat(json(answer).at("/metadata/name").asText()).isEqualTo("a");
    assertThat(core.deleted).containsExactly(new PodUid("u-1"));
    assertThat(core.graces).containsExactly(Optional.of(Duration.ofSeconds(7)));
  }

  @Test
  void pods_are_listed_page_by_page() throws Exception {
    core.add("a");
    core.add("b");
    core.add("c");
    JsonNode first = json(resource.list(null, null, "2", null, Http.headers("Accept", "*/*")));
    assertThat(first.at("/kind").asText()).isEqualTo("PodList");
    assertThat(first.at("/apiVersion").asText()).isEqualTo("v1");
    assertThat(first.at("/items")).hasSize(2);
    String next = first.at("/metadata/continue").asText();
    JsonNode second = json(resource.list(null, null, "2", next, Http.headers("Accept", "*/*")));
    assertThat(second.at("/items")).hasSize(1);
    assertThat(second.at("/metadata").has("continue")).isFalse();
  }

  @Test
  void a_last_page_that_is_full_says_that_it_is_the_last() throws Exception {
    core.add("a");
    core.add("b");
    JsonNode page = json(resource.list(null, null, "2", null, Http.headers("Accept", "*/*")));
    assertThat(page.at("/metadata").has("continue")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1.5", "99999999999999999999"})
  void a_limit_that_is_none_is_named(String limit) {
    assertThatThrownBy(() -> resource.list(null, null, limit, null, Http.headers("Accept", "*/*")))
        .hasMessageStartingWith("limit");
  }

  @Test
  void a_limit_above_the_most_gives_the_most() {
    core.add("a");
    assertThat(resource.list(null, null, "5000", null, Http.headers("Accept", "*/*")).getStatus())
        .isEqualTo(200);
  }
}
