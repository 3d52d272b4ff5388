package ee.interlink.kubernetes.resolve;

import ee.interlink.batch.Volume;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Looks up what a pod refers to, as a kubelet does, until nothing is left to look up. A volume that
 * is of no kind known here stays as it is, for others to refuse.
 */
public final class PodResolver {
  private final ClusterObjects cluster;
  private final NodeFacts node;

  public PodResolver(ClusterObjects cluster, NodeFacts node) {
    this.cluster = Objects.requireNonNull(cluster, "cluster");
    this.node = Objects.requireNonNull(node, "node");
  }

  /**
   * @param pod as the API server gives it; is not changed
   * @throws UnresolvedPodException if it has to wait for something that is not there
   * @throws ClusterUnavailableException if that could not be found out
   * @throws RefusedPodException if it can never be resolved as it stands
   */
  public ResolvedPod resolve(Pod pod)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    return resolveWithoutClaims(ClaimedPaths.replaced(pod, cluster));
  }

  private ResolvedPod resolveWithoutClaims(Pod pod)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    PodObjects objects = new PodObjects(cluster, pod.getMetadata().getNamespace());
    FieldValues fields = new FieldValues(pod, node);
    ResourceValues resources = new ResourceValues(pod, node);
    // In the order of a kubelet: what is told first is what it would tell first.
    List<Volume.Files> volumes =
        new VolumeResolution(pod, objects, new DownwardFiles(fields, resources), cluster).files();
    boolean links = !Boolean.FALSE.equals(pod.getSpec().getEnableServiceLinks());
    ContainerResolution containers =
        new ContainerResolution(
            new ContainerVariables(
                new VariableSources(objects, fields, resources),
                ServiceEnvironment.of(objects, links, node.apiServer())));
    Pod resolved =
        new PodBuilder(pod)
            .editSpec()
            .withImagePullSecrets(List.of())
            .withInitContainers(
                containers.of(pod.getSpec().getInitContainers(), "spec.initContainers"))
            .withContainers(containers.of(pod.getSpec().getContainers(), "spec.containers"))
            .endSpec()
            .build();
    return new ResolvedPod(
        resolved, volumes, PullSecrets.of(pod.getSpec().getImagePullSecrets(), objects));
  }

  /**
   * The Secrets that a pod names for its images and that are not there. The pod goes on without, as
   * with a kubelet, but its author has to hear of it.
   *
   * @throws ClusterUnavailableException if that could not be found out
   */
  public List<String> missingPullSecrets(Pod pod) throws ClusterUnavailableException {
    return PullSecrets.missing(
        pod.getSpec().getImagePullSecrets(),
        new PodObjects(cluster, pod.getMetadata().getNamespace()));
  }

  /**
   * The content of these volumes as it is now.
   *
   * @param pod as the API server gives it; is not changed
   * @param names of volumes that the cluster fills
   * @throws UnresolvedPodException if something that they need is not there
   * @throws ClusterUnavailableException if that could not be found out
   * @throws RefusedPodException if they cannot be filled as they stand
   */
  public List<Volume.Files> volumes(Pod pod, Set<String> names)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    PodObjects objects = new PodObjects(cluster, pod.getMetadata().getNamespace());
    DownwardFiles downward =
        new DownwardFiles(new FieldValues(pod, node), new ResourceValues(pod, node));
    return new VolumeResolution(pod, objects, downward, cluster).files(names::contains);
  }
}
