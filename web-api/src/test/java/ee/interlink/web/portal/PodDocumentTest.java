package ee.interlink.web.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodDocumentTest {
  private static final MediaType YAML = MediaType.valueOf("application/yaml");
  private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE;
  private static final String HELLO =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: hello
      spec:
        containers:
        - name: main
          image: busybox
          args: ["a", 'b''c', "1"]
          resources:
            limits: {cpu: 1, memory: 64Mi}
      """;

  private static List<FieldFault> faults(String text) {
    return catchThrowableOfType(RefusedPodException.class, () -> PodDocument.read(text, YAML))
        .faults();
  }

  private static ProblemException malformed(String text, MediaType type) {
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> PodDocument.read(text, type));
    assertThat(problem.kind()).isEqualTo(ProblemKind.MALFORMED_DOCUMENT);
    return problem;
  }

  @Test
  void what_a_manifest_leaves_out_is_filled_in() throws RefusedPodException {
    Pod pod = PodDocument.read(HELLO, YAML);
    assertThat(pod.getMetadata().getNamespace()).isEqualTo("default");
    assertThat(pod.getMetadata().getUid()).matches("[0-9a-f-]{36}");
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(pod.getSpec().getContainers().get(0).getArgs()).containsExactly("a", "b'c", "1");
    assertThat(pod.getSpec().getContainers().get(0).getResources().getLimits().get("cpu"))
        .hasToString("1");
  }

  @Test
  void what_a_manifest_says_is_kept() throws RefusedPodException {
    String text =
        HELLO
            .replace("name: hello", "name: hello\n  uid: abc-1\n  namespace: sci")
            .replace("spec:", "spec:\n  restartPolicy: Always");
    Pod pod = PodDocument.read(text, YAML);
    assertThat(pod.getMetadata().getNamespace()).isEqualTo("sci");
    assertThat(pod.getMetadata().getUid()).isEqualTo("abc-1");
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Always");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "none"})
  void json_is_read_with_and_without_its_type(String type) throws RefusedPodException {
    Pod pod =
        PodDocument.read(
            """
             {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":null},
              "spec":{"containers":null}}""",
            type.equals("none") ? null : MediaType.valueOf(type));
    assertThat(pod.getMetadata().getName()).isEqualTo("a");
    assertThat(pod.getSpec().getContainers()).isEmpty();
  }

  @Test
  void a_manifest_without_a_type_is_taken_for_yaml() throws RefusedPodException {
    assertThat(PodDocument.read(HELLO, null).getMetadata().getName()).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: Pod        | kind: Job            | kind",
        "apiVersion: v1   | apiVersion: apps/v1  | apiVersion",
        "name: hello      | labels: {}           | metadata.name",
        "name: hello      | name: Hello          | metadata.name",
        "name: hello      | name: a..b           | metadata.name",
        "name: hello      | name: a/../b         | metadata.name",
        "metadata:        | metadata: {name: a, uid: ../x} #  | metadata.uid",
        "metadata:        | metadata: {name: a, namespace: A} #  | metadata.namespace",
        "- name: main     | - name: 1            | spec.containers[0].name",
        "image: busybox   | image: true          | spec.containers[0].image",
        "args: [          | args: [1.0,          | spec.containers[0].args[0]",
        "containers:      | containers: text #   | spec.containers",
        "spec:            | spec: text #         | spec",
      })
  void a_wrong_field_is_named(String right, String wrong, String field) {
    String text = HELLO.replace(right, wrong);
    if (wrong.endsWith("#")) {
      text = text.substring(0, text.indexOf('#')).stripTrailing() + "\n";
    }
    assertThat(faults(text)).extracting(FieldFault::field).contains(field);
  }

  @Test
  void a_number_in_the_place_of_a_text_is_explained_without_being_shown() {
    assertThat(faults(HELLO.replace("image: busybox", "image: 12345")).get(0).fault())
        .contains("in quotes")
        .doesNotContain("12345");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata: [s3cret",
        "a: \"s3cret",
        "\ts3cret: x",
        "a: b: s3cret",
        "a: &x s3cret\nb: *x",
        "a: s3cret\na: s3cret",
        "a: s3cret\n---\nb: s3cret",
        "%YAML s3cret",
      })
  void malformed_yaml_is_refused_with_its_place_and_without_its_content(String text) {
    assertThat(malformed(text, YAML).getMessage()).contains("line").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": s3cret }",
        "{\"s3cret\"",
        "{\"a\":\"s3cret\n\"}",
        "{} {}",
        "{\"a\":1,\"a\":1}"
      })
  void malformed_json_is_refused_with_its_place_and_without_its_content(String text) {
    assertThat(malformed(text, JSON).getMessage()).contains("line").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing but words", "null", "---"})
  void an_empty_document_is_refused(String text) {
    assertThat(malformed(text, YAML)).hasMessageContaining("empty");
  }

  @Test
  void a_yaml_bomb_goes_off_nowhere() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 30; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(",", List.of(before, before))));
    }
    assertThat(malformed(bomb.toString(), YAML)).hasMessageContaining("alias");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/yaml", "application/json"})
  void a_document_nested_without_end_is_refused(String type) {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> PodDocument.read(deep, MediaType.valueOf(type)))
        .isInstanceOf(ProblemException.class);
  }
}
