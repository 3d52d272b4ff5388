package ee.interlink.kubernetes.resolve;

import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a pod can tell its containers of itself and its node.
 *
 * <p>See "Downward API: Available fields" in the documentation of Kubernetes.
 */
final class FieldValues {
  private final Pod pod;
  private final NodeFacts node;

  FieldValues(Pod pod, NodeFacts node) {
    this.pod = pod;
    this.node = node;
  }

  /**
   * @param at the path of the reference, for the refusal
   */
  String forVariable(ObjectFieldSelector field, String at) throws RefusedPodException {
    String path = Objects.requireNonNullElse(field.getFieldPath(), "");
    String value =
        switch (path) {
          case "spec.nodeName" -> node.name();
          case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
          case "status.hostIP", "status.podIP" -> node.hostIps().stream().findFirst().orElse("");
          case "status.hostIPs", "status.podIPs" -> String.join(",", node.hostIps());
          default -> ofMetadata(path, at);
        };
    return Objects.requireNonNullElse(value, "");
  }

  /**
   * @param at the path of the reference, for the refusal
   */
  String forFile(ObjectFieldSelector field, String at) throws RefusedPodException {
    String path = Objects.requireNonNullElse(field.getFieldPath(), "");
    return Objects.requireNonNullElse(ofMetadata(path, at), "");
  }

  private String ofMetadata(String path, String at) throws RefusedPodException {
    ObjectMeta meta = pod.getMetadata();
    Map<String, String> labels = Objects.requireNonNullElse(meta.getLabels(), Map.of());
    Map<String, String> annotations = Objects.requireNonNullElse(meta.getAnnotations(), Map.of());
    Optional<String> label = key(path, "metadata.labels");
    Optional<String> annotation = key(path, "metadata.annotations");
    if (label.isPresent()) {
      return labels.get(label.get());
    }
    if (annotation.isPresent()) {
      return annotations.get(annotation.get());
    }
    return switch (path) {
      case "metadata.name" -> meta.getName();
      case "metadata.namespace" -> meta.getNamespace();
      case "metadata.uid" -> meta.getUid();
      case "metadata.labels" -> lines(labels);
      case "metadata.annotations" -> lines(annotations);
      default -> throw Refusal.of(at + ".fieldPath", "is not supported: " + path);
    };
  }

  /** The key in {@code metadata.labels['key']}. */
  private static Optional<String> key(String path, String map) {
    String before = map + "['";
    return path.startsWith(before) && path.endsWith("']") && path.length() >= before.length() + 2
        ? Optional.of(path.substring(before.length(), path.length() - 2))
        : Optional.empty();
  }

  /** One line for each key, sorted; none is ended but by the next. */
  private static String lines(Map<String, String> map) {
    return new TreeMap<>(map)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + GoQuote.of(entry.getValue()))
            .collect(Collectors.joining("\n"));
  }
}
