package ee.interlink.web.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.web.FakePods;
import ee.interlink.web.Http;
import ee.interlink.web.problem.ProblemException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class WireApiTest {
  private static final PodUid UID = new PodUid("5e0c0000-0000-0000-0000-000000000001");
  private static final String CREATE =
      """
      {"pod":{"metadata":{"name":"p1","namespace":"sci","uid":"5e0c0000-0000-0000-0000-000000000001",
                          "creationTimestamp":null},
              "spec":{"nodeName":"vega","restartPolicy":"Always","unknown":null,
                      "containers":[{"name":"main","image":"busybox","command":["cat","/c/a"],
                                     "resources":{},"env":null,
                                     "volumeMounts":[{"name":"cfg","mountPath":"/c"}]}],
                      "volumes":[{"name":"cfg","configMap":{"name":"settings","defaultMode":420}}]},
              "status":{"phase":"Pending","hostIP":"127.0.0.1"}},
       "configmaps":[{"metadata":{"name":"settings"},"data":{"a":"1"}}],
       "secrets":null,"projectedvolumesmaps":null,"jobscriptURL":"","later":1}""";

  private final FakePods core = new FakePods();
  private final CreateResource create = new CreateResource();
  private final StatusResource status = new StatusResource();
  private final DeleteResource delete = new DeleteResource();

  WireApiTest() {
    create.pods = core;
    create.waits = new SubmissionWaits(new SameThread(), 1);
    status.pods = core;
    delete.pods = core;
  }

  private JsonNode create(String text) throws Exception {
    Answer answer = new Answer();
    create.create(Http.body(text), answer);
    return json(answer.response());
  }

  private static JsonNode json(Response response) throws IOException {
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getMediaType()).hasToString("application/json");
    return PodJson.mapper().readTree((byte[]) response.getEntity());
  }

  @Test
  void a_created_pod_is_answered_with_its_job() throws Exception {
    core.jobs.put(UID, new JobId("123456"));
    assertThat(create(CREATE)).hasToString("{\"PodUID\":\"" + UID + "\",\"PodJID\":\"123456\"}");
    assertThat(core.door).isEqualTo(Door.INTERLINK);
    assertThat(core.accepted.get(UID).volumes()).hasSize(1);
  }

  @Test
  void the_same_create_again_has_the_same_answer() throws Exception {
    core.jobs.put(UID, new JobId("123456"));
    assertThat(create(CREATE)).isEqualTo(create(CREATE));
    assertThat(core.accepted).hasSize(1);
  }

  @Test
  void a_job_that_is_not_known_yet_is_named_by_its_pod() throws Exception {
    assertThat(create(CREATE).at("/PodJID").asText()).isEqualTo(UID.value());
  }

  @Test
  void a_pod_runs_once_whatever_its_restart_policy() throws Exception {
    create(CREATE);
    assertThat(core.accepted.get(UID).pod().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(core.accepted.get(UID).pod().getStatus()).isNull();
  }

  @Test
  void an_annotation_chooses_the_backend() throws Exception {
    create(
        CREATE.replace(
            "\"name\":\"p1\"",
            "\"name\":\"p1\",\"annotations\":{\"interlink.ee/backend\":\"vega\"}"));
    assertThat(core.backend).contains("vega");
  }

  @Test
  void a_refused_job_is_an_error_with_the_reason() {
    core.stages.put(UID, Stage.REFUSED);
    Answer answer = new Answer();
    assertThatThrownBy(
            () -> {
              create.create(Http.body(CREATE), answer);
              answer.response();
            })
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no such partition");
  }

  @Test
  void a_script_builder_is_refused() {
    String text =
        CREATE.replace("\"jobscriptURL\":\"\"", "\"jobscriptURL\":\"http://169.254.169.254/\"");
    assertThatThrownBy(() -> create(text))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("jobscriptURL")
        .hasMessageNotContaining("169");
  }

  @Test
  void a_probe_is_refused_by_its_name() {
    String text = CREATE.replace("\"env\":null", "\"livenessProbe\":{\"periodSeconds\":1}");
    assertThatThrownBy(() -> create(text))
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("livenessProbe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{\"pod\":", "\"text\"", "{\"pod\":5}"})
  void a_create_that_is_none_is_malformed(String text) {
    assertThatThrownBy(() -> create(text))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("invalid request body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"pod\":null}", "{\"pod\":{}}", "{\"pod\":{\"metadata\":{},\"spec\":{}}}"})
  void a_create_without_its_pod_is_refused(String text) {
    assertThatThrownBy(() -> create(text)).isInstanceOf(RefusedPodException.class);
  }

  @Test
  void statuses_come_in_the_order_asked_for_without_the_unknown() throws Exception {
    core.ended(core.add("b"));
    core.add("a");
    JsonNode answer =
        json(
            status.get(
                Http.body(
                    "[{\"metadata\":{\"uid\":\"b\"}},{\"metadata\":{\"uid\":\"none\"}},"
                        + "{\"metadata\":{\"uid\":\"a\"},\"spec\":{\"x\":[1]}},{},{\"metadata\":{\"uid\":\"NO\"}}]")));
    assertThat(answer).hasSize(2);
    assertThat(answer.get(0).toString())
        .contains("\"name\":\"b\"", "\"UID\":\"b\"", "\"namespace\":\"sci\"", "\"JID\":\"b\"")
        .contains("\"containers\":[{", "\"exitCode\":3", "\"initContainers\":[]");
    assertThat(answer.get(1).at("/UID").asText()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]"})
  void nobody_in_particular_is_everybody(String body) throws Exception {
    core.add("a");
    core.add("b");
    assertThat(json(status.post(Http.body(body)))).hasSize(2);
  }

  @Test
  void many_statuses_are_one_question() throws Exception {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      asked.add("{\"metadata\":{\"uid\":\"" + core.add("p" + i) + "\"}}");
    }
    core.questions = 0;
    JsonNode answer = json(status.get(Http.body(asked.toString())));
    assertThat(answer).hasSize(500);
    assertThat(answer.get(77).at("/name").asText()).isEqualTo("p77");
    assertThat(core.questions).isEqualTo(1);
  }

  @Test
  void a_deletion_has_the_grace_of_the_one_in_the_cluster() {
    PodUid uid = core.add("a");
    Response answer =
        delete.delete(
            Http.body(
                "{\"metadata\":{\"uid\":\"a\",\"deletionGracePeriodSeconds\":5},\"spec\":{}}"));
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(core.deleted).containsExactly(uid);
    assertThat(core.graces).containsExactly(Optional.of(Duration.ofSeconds(5)));
  }

  @Test
  void the_deletion_of_an_unknown_pod_is_done() {
    assertThat(delete.post(Http.body("{\"metadata\":{\"uid\":\"a\"}}")).getStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{",
        "[]",
        "{}",
        "{\"metadata\":null}",
        "{\"metadata\":{\"uid\":\"../x\"}}"
      })
  void a_malformed_deletion_is_refused_and_nothing_dies(String body) {
    assertThatThrownBy(() -> delete.delete(Http.body(body))).isInstanceOf(ProblemException.class);
    assertThat(core.deleted).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                          | PodUID",
        "{'PodUID':'../x','Namespace':'a'}                           | PodUID",
        "{'PodUID':'a','Namespace':'A'}                              | Namespace",
        "{'PodUID':'a'}                                              | Namespace",
        "{'PodUID':'a','Namespace':'a','ContainerName':'../x'}       | ContainerName",
        "{'PodUID':'a','Namespace':'a','Opts':{'SinceSeconds':-5}}   | sinceSeconds",
        "{'PodUID':'a','Namespace':'a','Opts':{'SinceTime':'today'}} | SinceTime",
        "{'PodUID':'a','Namespace':'a','Opts':{'SinceSeconds':5,'SinceTime':'2026-01-01T00:00:00Z'}} | both",
      },
      quoteCharacter = '~')
  void a_request_for_logs_is_checked(String body, String named) {
    assertThatThrownBy(() -> read(body)).hasMessageContaining(named);
  }

  private static void read(String body) {
    LogStruct asked =
        WireBody.read(Http.body(body.replace('\'', '"')), LogStruct.class).orElseThrow();
    asked.uid();
    asked.container();
    asked.wanted();
  }

  @Test
  void a_tail_and_a_limit_go_together_and_zeros_are_nothing() {
    LogStruct asked =
        WireBody.read(
                Http.body(
                    """
                    {"Namespace":"sci","PodUID":"abc123","PodName":"p","ContainerName":"",
                     "Opts":{"Tail":3,"Bytes":9,"Timestamps":false,"Follow":true,"Previous":false,
                             "SinceSeconds":0,"SinceTime":"0001-01-01T00:00:00Z"}}"""),
                LogStruct.class)
            .orElseThrow();
    assertThat(asked.wanted().tailLines()).hasValue(3);
    assertThat(asked.wanted().limitBytes()).hasValue(9);
    assertThat(asked.wanted().follow()).isTrue();
    assertThat(asked.container()).isEmpty();
  }

  @Test
  void times_and_the_earlier_run_can_be_asked_for() {
    LogStruct asked =
        WireBody.read(
                Http.body(
                    """
                    {"Namespace":"sci","PodUID":"abc123",
                     "Opts":{"Timestamps":true,"Previous":true,"SinceTime":"2026-01-01T01:00:00.5+01:00"}}"""),
                LogStruct.class)
            .orElseThrow();
    assertThat(asked.wanted().timestamps()).isTrue();
    assertThat(asked.wanted().previous()).isTrue();
    assertThat(asked.wanted().since()).contains(Instant.parse("2026-01-01T00:00:00.5Z"));
  }

  @Test
  void a_session_is_kept_or_made() {
    assertThat(WireSession.of("CreatePod#4711").id()).isEqualTo("CreatePod#4711");
    assertThat(WireSession.of((String) null).id()).startsWith("Request-");
    assertThat(WireSession.of("a\r\nSet-Cookie: b").id()).startsWith("Request-");
  }
}
