package ee.interlink.kubernetes.resolve;

import ee.interlink.offload.pod.Contents;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where variables without a value of their own take it from.
 *
 * <p>See "EnvVarSource" and "EnvFromSource" in the API reference of Kubernetes.
 */
final class VariableSources {
  private final PodObjects objects;
  private final FieldValues fields;
  private final ResourceValues resources;

  VariableSources(PodObjects objects, FieldValues fields, ResourceValues resources) {
    this.objects = objects;
    this.fields = fields;
    this.resources = resources;
  }

  /** One variable's value; empty if it is optional and not there, and so no variable at all. */
  Optional<String> one(EnvVarSource from, Container container, String at)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    if (from.getFieldRef() != null) {
      return Optional.of(fields.forVariable(from.getFieldRef(), at + ".fieldRef"));
    }
    if (from.getResourceFieldRef() != null) {
      String ref = at + ".resourceFieldRef";
      return Optional.of(resources.of(from.getResourceFieldRef(), container, ref));
    }
    if (from.getConfigMapKeyRef() != null) {
      var ref = from.getConfigMapKeyRef();
      return configMap(ref.getName(), ref.getOptional(), container).of(ref.getKey());
    }
    if (from.getSecretKeyRef() != null) {
      var ref = from.getSecretKeyRef();
      return secret(ref.getName(), ref.getOptional(), container).of(ref.getKey());
    }
    throw Refusal.of(from.getFileKeyRef() == null ? at : at + ".fileKeyRef", "is not supported");
  }

  /** A variable for each key. */
  Map<String, String> all(EnvFromSource from, Container container)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    String prefix = Objects.requireNonNullElse(from.getPrefix(), "");
    if (from.getConfigMapRef() != null) {
      var ref = from.getConfigMapRef();
      return configMap(ref.getName(), ref.getOptional(), container).all(prefix);
    }
    if (from.getSecretRef() != null) {
      var ref = from.getSecretRef();
      return secret(ref.getName(), ref.getOptional(), container).all(prefix);
    }
    return Map.of();
  }

  private KeyedTexts configMap(String name, Boolean optional, Container container)
      throws UnresolvedPodException, ClusterUnavailableException {
    Optional<ConfigMap> found = objects.configMap(name);
    mayBeMissing(found, optional, "configmap \"" + name + "\" not found", container);
    return new KeyedTexts(
        "ConfigMap " + objects.namespace() + "/" + name,
        container.getName(),
        found.map(Contents::texts).orElse(Map.of()),
        Boolean.TRUE.equals(optional));
  }

  private KeyedTexts secret(String name, Boolean optional, Container container)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    Optional<Secret> found = objects.secret(name);
    mayBeMissing(found, optional, "secret \"" + name + "\" not found", container);
    return new KeyedTexts(
        "Secret " + objects.namespace() + "/" + name,
        container.getName(),
        found.isPresent() ? Contents.of(found.get()) : Map.of(),
        Boolean.TRUE.equals(optional));
  }

  private static void mayBeMissing(
      Optional<?> found, Boolean optional, String message, Container container)
      throws UnresolvedPodException {
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw UnresolvedPodException.ofContainer(container.getName(), message);
    }
  }
}
