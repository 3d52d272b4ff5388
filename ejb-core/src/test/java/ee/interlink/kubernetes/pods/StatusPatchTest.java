package ee.interlink.kubernetes.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.pod.PodJson;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** See "Update API Objects in Place Using kubectl patch" in the documentation of Kubernetes. */
class StatusPatchTest {
  private static final PodUid UID = SamplePod.freshUid();

  private static JsonNode patch(PodStatus status, Map<String, String> notes) throws Exception {
    return PodJson.mapper().readTree(StatusPatch.of(UID, status, notes));
  }

  @Test
  void the_uid_guards_the_patch() throws Exception {
    JsonNode metadata = patch(new PodStatus(), Map.of()).get("metadata");
    assertThat(metadata).hasToString("{\"uid\":\"" + UID + "\"}");
  }

  @Test
  void annotations_go_along() throws Exception {
    assertThat(patch(new PodStatus(), Map.of("JobID", "17")).at("/metadata/annotations"))
        .hasToString("{\"JobID\":\"17\"}");
  }

  @Test
  void words_that_we_do_not_say_any_more_are_taken_away() throws Exception {
    PodStatus status =
        new PodStatusBuilder()
            .withPhase("Running")
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .build();
    JsonNode said = patch(status, Map.of()).get("status");
    assertThat(said.get("reason").isNull()).isTrue();
    assertThat(said.get("message").isNull()).isTrue();
    JsonNode ready = said.at("/conditions/0");
    assertThat(ready.get("type").asText()).isEqualTo("Ready");
    assertThat(ready.get("reason").isNull()).isTrue();
    assertThat(ready.get("message").isNull()).isTrue();
  }

  @Test
  void words_that_we_say_stay() throws Exception {
    PodStatus status = new PodStatusBuilder().withReason("R").withMessage("M").build();
    JsonNode said = patch(status, Map.of()).get("status");
    assertThat(said.get("reason").asText()).isEqualTo("R");
    assertThat(said.get("message").asText()).isEqualTo("M");
  }

  @Test
  void a_job_that_is_known_or_runs_again_has_no_condition_any_more() throws Exception {
    assertThat(patch(new PodStatus(), Map.of()).at("/status/conditions"))
        .hasToString(
            "[{\"$patch\":\"delete\",\"type\":\"interlink.ee/JobKnown\"},"
                + "{\"$patch\":\"delete\",\"type\":\"interlink.ee/JobRunning\"}]");
  }

  @Test
  void a_job_that_is_not_known_has_its_condition() throws Exception {
    PodStatus status =
        new PodStatusBuilder()
            .addNewCondition()
            .withType("interlink.ee/JobKnown")
            .withStatus("False")
            .endCondition()
            .build();
    JsonNode conditions = patch(status, Map.of()).at("/status/conditions");
    assertThat(conditions).hasSize(2);
    assertThat(conditions.get(1).get("type").asText()).isEqualTo("interlink.ee/JobRunning");
    assertThat(conditions.get(0).get("status").asText()).isEqualTo("False");
  }
}
