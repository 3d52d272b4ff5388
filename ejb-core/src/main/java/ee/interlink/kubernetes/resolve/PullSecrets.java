package ee.interlink.kubernetes.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.batch.RegistryAuth;
import ee.interlink.offload.pod.PodJson;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Secrets of {@code imagePullSecrets} as one Docker configuration (Kubernetes, "Pull an Image
 * from a Private Registry"). As with a kubelet, one that is not there, or says nothing, holds up
 * nobody: the image may not need it, and else the registry will say so.
 */
final class PullSecrets {
  private static final ObjectMapper JSON = PodJson.mapper();
  private static final String AUTHS = "auths";

  /** With the registries in a member {@code auths}. */
  private static final String NOW = ".dockerconfigjson";

  /** With the registries alone. */
  private static final String BEFORE = ".dockercfg";

  private PullSecrets() {}

  /** What the first of them that knows a registry says of it; empty if none knows any. */
  static Optional<RegistryAuth> of(List<LocalObjectReference> references, PodObjects objects)
      throws ClusterUnavailableException {
    ObjectNode auths = JSON.createObjectNode();
    for (LocalObjectReference reference : references) {
      if (reference.getName() != null && !reference.getName().isEmpty()) {
        Optional<Secret> secret = objects.secret(reference.getName());
        for (Map.Entry<String, JsonNode> registry :
            registries(secret.map(Secret::getData).orElse(Map.of())).properties()) {
          auths.putIfAbsent(registry.getKey(), registry.getValue());
        }
      }
    }
    return auths.isEmpty()
        ? Optional.empty()
        : Optional.of(new RegistryAuth(JSON.createObjectNode().set(AUTHS, auths).toString()));
  }

  /** Those that are not there. */
  static List<String> missing(List<LocalObjectReference> references, PodObjects objects)
      throws ClusterUnavailableException {
    List<String> missing = new ArrayList<>();
    for (LocalObjectReference reference : references) {
      String name = reference.getName();
      if (name != null && !name.isEmpty() && objects.secret(name).isEmpty()) {
        missing.add(name);
      }
    }
    return missing;
  }

  private static ObjectNode registries(Map<String, String> data) {
    JsonNode found = document(data.get(NOW)).path(AUTHS);
    return found.isObject() || !data.containsKey(BEFORE)
        ? object(found)
        : object(document(data.get(BEFORE)));
  }

  private static ObjectNode object(JsonNode node) {
    return node instanceof ObjectNode object ? object : JSON.createObjectNode();
  }

  private static JsonNode document(String base64) {
    try {
      return base64 == null
          ? JSON.missingNode()
          : JSON.readTree(Base64.getDecoder().decode(base64));
    } catch (IOException | IllegalArgumentException e) {
      return JSON.missingNode();
    }
  }
}
