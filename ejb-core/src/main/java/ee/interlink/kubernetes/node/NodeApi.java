package ee.interlink.kubernetes.node;

import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What we ask of the API server about our Node objects. Written by server-side apply, so that what
 * is ours is ours and the labels, taints and conditions of others stay; the labels that come and go
 * by a patch of them alone.
 */
@ApplicationScoped
public class NodeApi {
  static final String MANAGER = "interlink-ee";
  private static final String LEASES = "kube-node-lease";
  private static final int LEASE_SECONDS = 40;

  @Inject Cluster cluster;

  Node register(Node node) {
    return apply(node);
  }

  /** Fails with code 404 if the node is not there. */
  void writeLabels(NodeName name, LabelPatch patch) {
    PatchContext how =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(MANAGER)
            .build();
    // The client reads the node first, and does nothing if there is none.
    if (cluster.client().nodes().withName(name.value()).patch(how, patch.json()) == null) {
      throw new KubernetesClientException(
          "node " + name + " is not there", HttpURLConnection.HTTP_NOT_FOUND, null);
    }
  }

  Node writeStatus(Node node) {
    return cluster
        .client()
        .nodes()
        .resource(node)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(MANAGER)
                .withForce(true)
                .build(),
            node);
  }

  Optional<Node> find(NodeName name) {
    return Optional.ofNullable(cluster.client().nodes().withName(name.value()).get());
  }

  /** Says that the node lives (Kubernetes, "Node heartbeats"). */
  void renewLease(NodeName name, Instant now) {
    Lease lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(LEASES)
            .withName(name.value())
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(name.value())
            .withLeaseDurationSeconds(LEASE_SECONDS)
            .withRenewTime(now.atZone(ZoneOffset.UTC))
            .endSpec()
            .build();
    apply(lease);
  }

  private <T extends HasMetadata> T apply(T object) {
    return cluster
        .client()
        .resource(object)
        .fieldManager(MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /** Removes the node and its lease; what is not there is no error. */
  void deregister(NodeName name) {
    cluster.client().leases().inNamespace(LEASES).withName(name.value()).delete();
    cluster.client().nodes().withName(name.value()).delete();
  }

  /** The API server's version, for instance {@code v1.33.1}; empty if it does not tell. */
  String serverVersion() {
    try {
      return cluster.client().getKubernetesVersion().getGitVersion();
    } catch (KubernetesClientException e) {
      return "";
    }
  }
}
