package ee.interlink.offload.pod;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Mount;
import ee.interlink.batch.PodNames;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Translates a {@link ResolvedPod} into what a backend is given. */
public final class JobRequests {
  /** Whose pod it is: set by a front door that can tell whether the pod still exists. */
  public static final String ORIGIN = "interlink.ee/origin";

  /** Where kubectl keeps the whole pod a second time: nobody asks for anything by it. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** Kubernetes' default of {@code terminationGracePeriodSeconds}. */
  private static final long DEFAULT_GRACE_SECONDS = 30;

  /** About ten years; with more, times to come could no longer be written down. */
  private static final long MOST_SECONDS = 315_360_000;

  private final List<FieldFault> faults = new ArrayList<>();

  private JobRequests() {}

  /**
   * @throws RefusedPodException naming all fields that stand in the way
   */
  public static JobRequest from(ResolvedPod resolved) throws RefusedPodException {
    Pod pod = resolved.pod();
    List<FieldFault> unknown = PodFields.faultsOf(PodJson.mapper().valueToTree(pod));
    if (!unknown.isEmpty()) {
      throw new RefusedPodException(unknown);
    }
    return new JobRequests().translate(resolved);
  }

  private JobRequest translate(ResolvedPod resolved) throws RefusedPodException {
    ObjectMeta meta = resolved.pod().getMetadata();
    PodSpec spec = resolved.pod().getSpec();
    if (spec == null || spec.getContainers().isEmpty()) {
      throw new RefusedPodException(
          List.of(new FieldFault("spec.containers", "is empty: a pod has at least one container")));
    }
    required("metadata.name", meta.getName());
    required("metadata.namespace", meta.getNamespace());
    List<ContainerSpec> init = containers("spec.initContainers", spec, spec.getInitContainers());
    List<ContainerSpec> main = containers("spec.containers", spec, spec.getContainers());
    List<Volume> volumes = volumes(spec, resolved.volumes());
    var resources = PodResources.of(spec, faults);
    PodNames names = PodHostNames.of(spec, faults);
    seconds("spec.terminationGracePeriodSeconds", spec.getTerminationGracePeriodSeconds(), 0);
    seconds("spec.activeDeadlineSeconds", spec.getActiveDeadlineSeconds(), 1);
    if (!faults.isEmpty()) {
      throw new RefusedPodException(faults);
    }
    Map<String, String> annotations = annotations(meta);
    try {
      return new JobRequest(
          new PodUid(meta.getUid()),
          meta.getNamespace(),
          meta.getName(),
          init,
          main,
          PodRestartPolicy.of(spec),
          volumes,
          resources,
          Duration.ofSeconds(
              Optional.ofNullable(spec.getTerminationGracePeriodSeconds())
                  .orElse(DEFAULT_GRACE_SECONDS)),
          Optional.ofNullable(spec.getActiveDeadlineSeconds()).map(Duration::ofSeconds),
          Optional.ofNullable(annotations.get(ORIGIN)),
          annotations,
          names,
          resolved.registryAuth());
    } catch (IllegalArgumentException e) {
      throw new RefusedPodException(
          List.of(new FieldFault("spec", "is refused: " + e.getMessage())));
    }
  }

  private static Map<String, String> annotations(ObjectMeta meta) {
    Map<String, String> annotations =
        new HashMap<>(Optional.ofNullable(meta.getAnnotations()).orElse(Map.of()));
    annotations.remove(LAST_APPLIED);
    return annotations;
  }

  private void required(String field, String value) {
    if (value == null || value.isEmpty()) {
      faults.add(new FieldFault(field, "is missing"));
    }
  }

  private void seconds(String field, Long value, long least) {
    if (value != null && (value < least || value > MOST_SECONDS)) {
      faults.add(new FieldFault(field, "is not from " + least + " to " + MOST_SECONDS));
    }
  }

  private List<ContainerSpec> containers(String path, PodSpec pod, List<Container> containers) {
    List<ContainerSpec> translated = new ArrayList<>();
    for (int i = 0; i < containers.size(); i++) {
      String at = path + "[" + i + "]";
      try {
        translated.add(container(pod, containers.get(i), path.endsWith("initContainers")));
      } catch (IllegalArgumentException e) {
        faults.add(new FieldFault(at, "is refused: " + e.getMessage()));
      }
    }
    return translated;
  }

  private static ContainerSpec container(PodSpec pod, Container container, boolean init) {
    return new ContainerSpec(
        new ContainerName(container.getName()),
        Optional.ofNullable(container.getImage()).orElse(""),
        container.getCommand(),
        container.getArgs(),
        container.getEnv().stream()
            .map(v -> new EnvVar(v.getName(), Optional.ofNullable(v.getValue()).orElse("")))
            .toList(),
        Optional.ofNullable(container.getWorkingDir()).filter(dir -> !dir.isEmpty()),
        container.getVolumeMounts().stream()
            .map(
                m ->
                    new Mount(
                        new VolumeName(m.getName()),
                        m.getMountPath(),
                        Optional.ofNullable(m.getSubPath()).orElse(""),
                        Boolean.TRUE.equals(m.getReadOnly())))
            .toList(),
        ContainerSecurities.of(pod, container),
        ContainerCares.of(container, init),
        PullPolicies.of(container));
  }

  private List<Volume> volumes(PodSpec spec, List<Volume.Files> contents) {
    Map<String, Volume.Files> byName =
        contents.stream().collect(Collectors.toMap(v -> v.name().value(), Function.identity()));
    List<Volume> volumes = new ArrayList<>();
    for (int i = 0; i < spec.getVolumes().size(); i++) {
      io.fabric8.kubernetes.api.model.Volume volume = spec.getVolumes().get(i);
      String at = "spec.volumes[" + i + "]";
      Volume.Files content = byName.get(volume.getName());
      try {
        if (content != null) {
          volumes.add(content);
        } else if (volume.getEmptyDir() != null) {
          volumes.add(emptyDir(at, new VolumeName(volume.getName()), volume.getEmptyDir()));
        } else if (volume.getHostPath() != null) {
          volumes.add(
              new Volume.HostPath(
                  new VolumeName(volume.getName()),
                  volume.getHostPath().getPath(),
                  Volume.HostPathType.of(volume.getHostPath().getType())));
        } else {
          faults.add(new FieldFault(at, "has no content: there is no cluster to read it from"));
        }
      } catch (IllegalArgumentException e) {
        faults.add(new FieldFault(at, "is refused: " + e.getMessage()));
      }
    }
    return volumes;
  }

  /** A limit of 0 is none, as for the kubelet. */
  private Volume emptyDir(String at, VolumeName name, EmptyDirVolumeSource source) {
    Optional<Bytes> limit = Optional.empty();
    if (source.getSizeLimit() != null) {
      limit = PodResources.bytes(source.getSizeLimit());
      if (limit.isEmpty()) {
        faults.add(
            new FieldFault(
                at + ".emptyDir.sizeLimit", "is not a quantity: " + source.getSizeLimit()));
      }
    }
    return new Volume.EmptyDir(
        name, "Memory".equals(source.getMedium()), limit.filter(bytes -> bytes.bytes() > 0));
  }
}
