package ee.interlink.offload.pod;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.Pod;

/** Pods as JSON text and back: the one way in this application. */
public final class PodJson {
  private static final ObjectMapper MAPPER = strict();

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private PodJson() {}

  /**
   * The one mapper for Kubernetes objects, as strict with what others send as Kubernetes is; not to
   * be configured further. Each mapper learns the model anew, and that is slow.
   */
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

  /**
   * Go writes an absent list as null, which is to be no list here too; a null within a list is
   * refused. A number where a text belongs would lose what was typed ({@code 0x10}, {@code 1.0}).
   */
  private static ObjectMapper strict() {
    ObjectMapper mapper =
        new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP, Nulls.FAIL));
    refuse(mapper, LogicalType.Textual, CoercionInputShape.Integer, CoercionInputShape.Float);
    refuse(mapper, LogicalType.Textual, CoercionInputShape.Boolean);
    refuse(mapper, LogicalType.Integer, CoercionInputShape.Float, CoercionInputShape.String);
    refuse(mapper, LogicalType.Integer, CoercionInputShape.Boolean, CoercionInputShape.EmptyString);
    refuse(mapper, LogicalType.Boolean, CoercionInputShape.Integer, CoercionInputShape.String);
    refuse(mapper, LogicalType.Boolean, CoercionInputShape.EmptyString);
    return mapper;
  }

  private static void refuse(ObjectMapper mapper, LogicalType type, CoercionInputShape... from) {
    for (CoercionInputShape shape : from) {
      mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail);
    }
  }
}
