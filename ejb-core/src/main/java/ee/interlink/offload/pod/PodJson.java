package ee.interlink.offload.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;

/** Pods as JSON text and back: the one way in this application. */
public final class PodJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private PodJson() {}

  /** The mapper for Kubernetes objects; not to be configured further. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  public static String write(Pod pod) {
    try {
      return MAPPER.writeValueAsString(pod);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a pod that cannot be written as JSON", e);
    }
  }

  /**
   * @throws IllegalStateException if the text is not what {@link #write} wrote
   */
  public static Pod read(String text) {
    try {
      return MAPPER.readValue(text, Pod.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored pod that cannot be read", e);
    }
  }

  /** The same pod without any value of an environment variable, for keeping. */
  public static String writeWithoutValues(Pod pod) {
    JsonNode tree = MAPPER.valueToTree(pod);
    if (tree.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(LAST_APPLIED); // the whole pod once more, values and all
    }
    for (String kind : new String[] {"initContainers", "containers"}) {
      for (JsonNode container : tree.path("spec").path(kind)) {
        for (JsonNode variable : container.path("env")) {
          ((ObjectNode) variable).remove("value");
        }
      }
    }
    return tree.toString();
  }
}
