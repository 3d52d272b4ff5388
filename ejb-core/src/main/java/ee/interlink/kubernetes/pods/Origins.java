package ee.interlink.kubernetes.pods;

import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Configuration;
import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.Cluster;
import ee.interlink.offload.JobOwner;
import ee.interlink.offload.pod.JobRequests;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What marks a job as one of a pod of this cluster on one of our nodes: the cluster's own identity
 * (the UID of {@code kube-system}) and the node's name. So a job whose pod the cluster does not
 * have is known for what it is, whatever has become of our journal, and those of other clusters and
 * installations are left alone.
 */
@ApplicationScoped
public class Origins implements JobOwner {
  private static final System.Logger LOG = System.getLogger(Origins.class.getName());
  private static final String IDENTITY = "kube-system";
  private static final int DIGITS = 16;

  @Inject Cluster cluster;
  @Inject Configuration configuration;
  @Inject BoundPods bound;
  @Inject PodWork work;
  private volatile String identity = "";

  /** The pod with the mark of its node; unmarked if the cluster does not tell who it is. */
  Pod mark(Pod pod, NodeName node) {
    return of(node)
        .map(
            origin ->
                new PodBuilder(pod)
                    .editMetadata()
                    .addToAnnotations(JobRequests.ORIGIN, origin)
                    .endMetadata()
                    .build())
        .orElse(pod);
  }

  private Optional<String> of(NodeName node) {
    String known = identity();
    return known.isEmpty() ? Optional.empty() : Optional.of(hash(known + "/" + node));
  }

  private String identity() {
    if (identity.isEmpty()) {
      try {
        Namespace namespace = cluster.client().namespaces().withName(IDENTITY).get();
        identity = namespace == null ? "" : namespace.getMetadata().getUid();
      } catch (KubernetesClientException e) {
        LOG.log(WARNING, "the cluster does not tell who it is: {0}", e.getMessage());
      }
    }
    return identity;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public Optional<Pod> stray(String origin, PodUid uid) {
    for (NodeName node : configuration.nodes().keySet()) {
      if (bound.find(uid).isEmpty()
          && work.isInformed(node)
          && of(node).filter(origin::equals).isPresent()) {
        return Optional.of(remains(uid, node));
      }
    }
    return Optional.empty();
  }

  private static Pod remains(PodUid uid, NodeName node) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("unknown")
        .withName("unknown")
        .withUid(uid.value())
        .endMetadata()
        .withNewSpec()
        .withNodeName(node.value())
        .endSpec()
        .build();
  }
}
