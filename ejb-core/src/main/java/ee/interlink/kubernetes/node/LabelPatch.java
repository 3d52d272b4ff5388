package ee.interlink.kubernetes.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.batch.LabelSyntax;
import ee.interlink.offload.pod.PodJson;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What makes the labels of a Node those that its backend gives, as a JSON merge patch. Unlike an
 * apply of the whole Node it writes no taint of others over, and makes no Node where there is none.
 */
record LabelPatch(Map<String, String> set, Set<String> remove) {

  /**
   * @param have all labels of the Node; those that no backend gives stay as they are
   * @param want labels that a backend gives
   * @param others those that stay whatever the backend gives
   */
  static LabelPatch of(Map<String, String> have, Map<String, String> want, Set<String> others) {
    Map<String, String> set = new TreeMap<>(want);
    set.keySet().removeAll(others);
    set.entrySet().removeIf(label -> label.getValue().equals(have.get(label.getKey())));
    Set<String> remove = new TreeSet<>(have.keySet());
    remove.removeIf(key -> !LabelSyntax.isBackendKey(key));
    remove.removeAll(want.keySet());
    remove.removeAll(others);
    return new LabelPatch(set, remove);
  }

  boolean isEmpty() {
    return set.isEmpty() && remove.isEmpty();
  }

  Map<String, String> applied(Map<String, String> labels) {
    Map<String, String> after = new TreeMap<>(labels);
    after.putAll(set);
    after.keySet().removeAll(remove);
    return after;
  }

  String json() {
    ObjectNode patch = PodJson.mapper().createObjectNode();
    ObjectNode labels = patch.putObject("metadata").putObject("labels");
    set.forEach(labels::put);
    remove.forEach(labels::putNull);
    return patch.toString();
  }
}
