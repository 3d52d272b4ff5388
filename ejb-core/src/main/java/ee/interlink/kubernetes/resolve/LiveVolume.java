package ee.interlink.kubernetes.resolve;

import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A mounted volume whose files may change while its pod runs, and by what. As on a kubelet, but for
 * ClusterTrustBundles and resources, which stay as they were.
 *
 * @param objects whose keys are its files, also those that are not there
 * @param metadata whether a file tells the pod's labels or annotations
 * @param token whether a file is a token, which may live shorter than the pod
 */
public record LiveVolume(String name, Set<ObjectKey> objects, boolean metadata, boolean token) {
  public LiveVolume {
    Objects.requireNonNull(name, "name");
    objects = Set.copyOf(objects);
  }

  /** Those of a pod; none if nothing of it can change. */
  public static List<LiveVolume> of(Pod pod) {
    Set<String> mounted = VolumeResolution.mounted(pod.getSpec());
    List<LiveVolume> live = new ArrayList<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (mounted.contains(volume.getName())) {
        LiveVolume found = new Sources(pod.getMetadata().getNamespace()).of(volume);
        if (found.token || found.metadata || !found.objects.isEmpty()) {
          live.add(found);
        }
      }
    }
    return live;
  }

  private static final class Sources {
    private final String namespace;
    private final Set<ObjectKey> objects = new HashSet<>();
    private boolean metadata;
    private boolean token;

    Sources(String namespace) {
      this.namespace = namespace;
    }

    LiveVolume of(Volume volume) {
      if (volume.getConfigMap() != null) {
        add(ObjectKey.Kind.CONFIG_MAP, volume.getConfigMap().getName());
      }
      if (volume.getSecret() != null) {
        add(ObjectKey.Kind.SECRET, volume.getSecret().getSecretName());
      }
      if (volume.getDownwardAPI() != null) {
        add(volume.getDownwardAPI().getItems());
      }
      if (volume.getProjected() != null) {
        volume.getProjected().getSources().forEach(this::add);
      }
      return new LiveVolume(volume.getName(), objects, metadata, token);
    }

    private void add(VolumeProjection part) {
      if (part.getConfigMap() != null) {
        add(ObjectKey.Kind.CONFIG_MAP, part.getConfigMap().getName());
      }
      if (part.getSecret() != null) {
        add(ObjectKey.Kind.SECRET, part.getSecret().getName());
      }
      if (part.getDownwardAPI() != null) {
        add(part.getDownwardAPI().getItems());
      }
      token |= part.getServiceAccountToken() != null;
    }

    private void add(ObjectKey.Kind kind, String name) {
      if (name != null && !name.isEmpty()) {
        objects.add(new ObjectKey(kind, namespace, name));
      }
    }

    private void add(List<DownwardAPIVolumeFile> items) {
      metadata |=
          items.stream()
              .filter(item -> item.getFieldRef() != null)
              .map(item -> Objects.requireNonNullElse(item.getFieldRef().getFieldPath(), ""))
              .anyMatch(
                  path ->
                      path.startsWith("metadata.labels")
                          || path.startsWith("metadata.annotations"));
    }
  }
}
