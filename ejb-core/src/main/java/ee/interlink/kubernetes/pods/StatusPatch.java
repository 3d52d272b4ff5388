package ee.interlink.kubernetes.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.status.PodStatusRule;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A pod's status as a strategic merge patch. What such a patch does not name stays as it was, so
 * what we do not say any more is taken away by name.
 */
final class StatusPatch {
  private static final List<String> WORDS = List.of("reason", "message");

  private StatusPatch() {}

  /**
   * @param uid guards the patch: no other pod of the name gets it
   */
  static String of(PodUid uid, PodStatus status, Map<String, String> annotations) {
    ObjectNode patch = PodJson.mapper().createObjectNode();
    ObjectNode meta = patch.putObject("metadata").put("uid", uid.value());
    if (!annotations.isEmpty()) {
      ObjectNode notes = meta.putObject("annotations");
      annotations.forEach(notes::put);
    }
    ObjectNode said = PodJson.mapper().valueToTree(status);
    withoutOldWords(said);
    ArrayNode conditions = said.withArray("/conditions");
    Set<String> over = new TreeSet<>(Set.of(PodStatusRule.JOB_KNOWN, PodStatusRule.JOB_RUNNING));
    for (JsonNode condition : conditions) {
      withoutOldWords((ObjectNode) condition);
      over.remove(condition.path("type").asText());
    }
    over.forEach(type -> conditions.addObject().put("$patch", "delete").put("type", type));
    patch.set("status", said);
    return patch.toString();
  }

  private static void withoutOldWords(ObjectNode object) {
    WORDS.stream().filter(word -> !object.has(word)).forEach(object::putNull);
  }
}
