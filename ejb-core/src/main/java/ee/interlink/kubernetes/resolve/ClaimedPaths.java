package ee.interlink.kubernetes.resolve;

import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * PersistentVolumeClaims as what they stand for: a path of the machines that the job runs on, if
 * that is what the PersistentVolume names ({@code hostPath} or {@code local}). There is nobody at a
 * site who could attach any other.
 */
public final class ClaimedPaths {
  private final ClusterObjects cluster;
  private final Pod pod;
  private final Set<String> readOnly = new HashSet<>();

  private ClaimedPaths(ClusterObjects cluster, Pod pod) {
    this.cluster = cluster;
    this.pod = pod;
  }

  /** The same pod without claims. */
  static Pod replaced(Pod pod, ClusterObjects cluster)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    boolean any =
        pod.getSpec().getVolumes().stream().anyMatch(v -> v.getPersistentVolumeClaim() != null);
    return any ? new ClaimedPaths(cluster, pod).replaced() : pod;
  }

  /**
   * The same refusal in the words of the pod that its author wrote.
   *
   * @param pod with its claims
   * @param refused of what {@link PodResolver} made of it
   */
  public static RefusedPodException named(Pod pod, RefusedPodException refused) {
    List<FieldFault> faults = new ArrayList<>();
    for (FieldFault fault : refused.faults()) {
      String field = fault.field();
      for (int i = 0; i < pod.getSpec().getVolumes().size(); i++) {
        String at = "spec.volumes[" + i + "].";
        if (field.startsWith(at) && claim(pod.getSpec().getVolumes().get(i)).isPresent()) {
          field = at + "persistentVolumeClaim";
        }
      }
      faults.add(new FieldFault(field, fault.fault()));
    }
    return new RefusedPodException(faults);
  }

  private static Optional<PersistentVolumeClaimVolumeSource> claim(Volume volume) {
    return Optional.ofNullable(volume.getPersistentVolumeClaim());
  }

  private Pod replaced()
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    Set<String> mounted = VolumeResolution.mounted(pod.getSpec());
    List<Volume> volumes = new ArrayList<>();
    for (int i = 0; i < pod.getSpec().getVolumes().size(); i++) {
      Volume volume = pod.getSpec().getVolumes().get(i);
      if (claim(volume).isEmpty()) {
        volumes.add(volume);
      } else if (mounted.contains(volume.getName())) {
        volumes.add(replaced(volume, "spec.volumes[" + i + "].persistentVolumeClaim"));
      } else {
        // A kubelet does not look at it either.
        volumes.add(
            new VolumeBuilder().withName(volume.getName()).withNewEmptyDir().endEmptyDir().build());
      }
    }
    Pod result = new PodBuilder(pod).editSpec().withVolumes(volumes).endSpec().build();
    result.getSpec().getInitContainers().forEach(this::mountReadOnly);
    result.getSpec().getContainers().forEach(this::mountReadOnly);
    return result;
  }

  private void mountReadOnly(Container container) {
    container.getVolumeMounts().stream()
        .filter(mount -> readOnly.contains(mount.getName()))
        .forEach(mount -> mount.setReadOnly(true));
  }

  private Volume replaced(Volume volume, String at)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    try {
      PersistentVolumeClaimVolumeSource claim = volume.getPersistentVolumeClaim();
      PersistentVolume found = bound(claim.getClaimName());
      if (Boolean.TRUE.equals(claim.getReadOnly())) {
        readOnly.add(volume.getName());
      }
      return new VolumeBuilder().withName(volume.getName()).withHostPath(path(found, at)).build();
    } catch (UnresolvedPodException e) {
      throw e.inVolume(volume.getName());
    }
  }

  private PersistentVolume bound(String name)
      throws UnresolvedPodException, ClusterUnavailableException {
    String namespace = pod.getMetadata().getNamespace();
    Optional<PersistentVolumeClaim> claim = cluster.claim(namespace, name);
    if (claim.isEmpty()) {
      throw UnresolvedPodException.ofVolume("persistentvolumeclaim \"" + name + "\" not found");
    }
    // Who makes a claim may name any volume in it; that it is bound only the cluster says.
    boolean isBound =
        claim.get().getStatus() != null && "Bound".equals(claim.get().getStatus().getPhase());
    String volume = claim.get().getSpec().getVolumeName();
    if (!isBound || volume == null || volume.isEmpty()) {
      throw UnresolvedPodException.ofVolume(
          "persistentvolumeclaim \"" + name + "\" is not bound yet");
    }
    Optional<PersistentVolume> found = cluster.persistentVolume(volume);
    String uid = claim.get().getMetadata().getUid();
    if (found.isEmpty() || !isOf(found.get().getSpec().getClaimRef(), uid)) {
      throw UnresolvedPodException.ofVolume(
          "persistentvolume \"" + volume + "\" is not bound to the claim \"" + name + "\"");
    }
    return found.get();
  }

  private static boolean isOf(ObjectReference claim, String uid) {
    return claim != null && claim.getUid() != null && claim.getUid().equals(uid);
  }

  private static HostPathVolumeSource path(PersistentVolume volume, String at)
      throws RefusedPodException {
    var spec = volume.getSpec();
    String name = volume.getMetadata().getName();
    if ("Block".equals(spec.getVolumeMode())) {
      throw Refusal.of(at, "is refused: persistentvolume " + name + " is a block device");
    }
    if (spec.getHostPath() != null) {
      return spec.getHostPath();
    }
    if (spec.getLocal() != null) {
      return new HostPathVolumeSource(spec.getLocal().getPath(), null);
    }
    throw Refusal.of(
        at,
        "is refused: persistentvolume "
            + name
            + " names no path of the site's machines (hostPath or local)");
  }
}
