package ee.interlink.web.wire;

import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import ee.interlink.offload.pod.Contents;
import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.KeyFiles;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what came along with a pod into the volumes that ask for it. */
final class VolumeContents {
  private final Map<String, Map<String, byte[]>> configMaps = new HashMap<>();
  private final Map<String, Map<String, byte[]>> secrets = new HashMap<>();
  private final Map<String, Map<String, byte[]>> projected = new HashMap<>();
  private final List<FieldFault> faults = new ArrayList<>();

  private VolumeContents(CreateRequest request) throws RefusedPodException {
    for (ConfigMap map : request.configMaps()) {
      configMaps.put(map.getMetadata().getName(), Contents.of(map));
    }
    for (var secret : request.secrets()) {
      secrets.put(secret.getMetadata().getName(), Contents.of(secret));
    }
    for (ConfigMap map : request.projected()) {
      projected.put(map.getMetadata().getName(), Contents.of(map));
    }
  }

  /**
   * @throws RefusedPodException naming each volume whose content is not there, or has a name that
   *     leads out of it
   */
  static List<Volume.Files> of(CreateRequest request) throws RefusedPodException {
    VolumeContents contents = new VolumeContents(request);
    List<Volume.Files> volumes = new ArrayList<>();
    var asked = request.pod().getSpec().getVolumes();
    for (int i = 0; i < asked.size(); i++) {
      String at = "spec.volumes[" + i + "]";
      try {
        contents.resolve(asked.get(i), at).ifPresent(volumes::add);
      } catch (IllegalArgumentException e) {
        contents.faults.add(new FieldFault(at, "is refused: " + e.getMessage()));
      }
    }
    if (!contents.faults.isEmpty()) {
      throw new RefusedPodException(contents.faults);
    }
    return volumes;
  }

  private Optional<Volume.Files> resolve(io.fabric8.kubernetes.api.model.Volume volume, String at) {
    if (volume.getConfigMap() != null) {
      return Optional.of(configMap(volume.getName(), volume.getConfigMap(), at + ".configMap"));
    }
    if (volume.getSecret() != null) {
      return Optional.of(secret(volume.getName(), volume.getSecret(), at + ".secret"));
    }
    if (volume.getProjected() != null) {
      // A service account's token may be in it.
      return Optional.of(
          rendered(volume.getName(), FileModes.of(volume.getProjected()), true, at + ".projected"));
    }
    if (volume.getDownwardAPI() != null) {
      FileModes modes = FileModes.of(volume.getDownwardAPI());
      return Optional.of(rendered(volume.getName(), modes, false, at + ".downwardAPI"));
    }
    return Optional.empty();
  }

  private Volume.Files configMap(String name, ConfigMapVolumeSource source, String at) {
    return new Volume.Files(
        new VolumeName(name),
        select(
            configMaps.get(source.getName()),
            source.getItems(),
            source.getDefaultMode(),
            Boolean.TRUE.equals(source.getOptional()),
            at),
        false);
  }

  private Volume.Files secret(String name, SecretVolumeSource source, String at) {
    return new Volume.Files(
        new VolumeName(name),
        select(
            secrets.get(source.getSecretName()),
            source.getItems(),
            source.getDefaultMode(),
            Boolean.TRUE.equals(source.getOptional()),
            at),
        true);
  }

  private Volume.Files rendered(String name, FileModes modes, boolean secret, String at) {
    Map<String, byte[]> content = projected.get(name);
    List<Volume.File> files = new ArrayList<>();
    if (content == null) {
      faults.add(new FieldFault(at, "was not sent along"));
    } else {
      content.forEach((path, bytes) -> files.add(new Volume.File(path, bytes, modes.of(path))));
    }
    return new Volume.Files(new VolumeName(name), files, secret);
  }

  private List<Volume.File> select(
      Map<String, byte[]> content,
      List<KeyToPath> items,
      Integer defaultMode,
      boolean optional,
      String at) {
    if (content == null) {
      if (!optional) {
        faults.add(new FieldFault(at, "was not sent along"));
      }
      return List.of();
    }
    return KeyFiles.of(
        content,
        items,
        defaultMode,
        key -> {
          if (!optional) {
            faults.add(new FieldFault(at + ".items", "names a key that was not sent along"));
          }
        });
  }
}
