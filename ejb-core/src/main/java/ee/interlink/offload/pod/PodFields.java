package ee.interlink.offload.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a pod's specification against {@link PodFieldTable}, field by field, so that nothing in it
 * is silently ignored: not what we do not offer, and not a misspelt name either.
 */
final class PodFields {
  private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "spec", "status");

  private final PodFieldTable table = PodFieldTable.shipped();
  private final List<FieldFault> faults = new ArrayList<>();

  private PodFields() {}

  /** The faults of a whole pod, as JSON; empty if all of it is understood. */
  static List<FieldFault> faultsOf(JsonNode pod) {
    PodFields walk = new PodFields();
    pod.fieldNames()
        .forEachRemaining(
            name -> {
              if (!TOP.contains(name)) {
                walk.faults.add(new FieldFault(name, "is not a field of a pod"));
              }
            });
    JsonNode spec = pod.path("spec");
    if (spec.isObject()) {
      walk.below("spec", "spec", spec);
    }
    return walk.faults;
  }

  /**
   * @param shown the path for people, with indices
   * @param path the path as the table writes it
   */
  private void look(String shown, String path, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    if (table.covers(path)) {
      List<String> only = table.onlyValues(path);
      if (!only.isEmpty() && !only.contains(text(value))) {
        faults.add(
            new FieldFault(
                shown, "is offered with " + String.join(" or ", only) + " only at present"));
      }
    } else if (value.isArray() && table.leadsOn(path + "[]")) {
      for (int i = 0; i < value.size(); i++) {
        below(shown + "[" + i + "]", path + "[]", value.get(i));
      }
    } else if (value.isObject() && table.leadsOn(path)) {
      below(shown, path, value);
    } else {
      faults.add(new FieldFault(shown, "is not supported"));
    }
  }

  private void below(String shown, String path, JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      // Init containers are containers: one line of the table holds for both.
      String name = field.getKey().equals("initContainers") ? "containers" : field.getKey();
      look(shown + "." + field.getKey(), path + "." + name, field.getValue());
    }
  }

  private static String text(JsonNode value) {
    if (value.isContainerNode()) {
      return value.isEmpty() ? "{}" : "{…}";
    }
    return value.asText().isEmpty() ? "\"\"" : value.asText();
  }
}
