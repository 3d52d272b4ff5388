package ee.interlink.kubernetes;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.node.NodeAddresses;
import ee.interlink.kubernetes.pods.BoundPods;
import ee.interlink.offload.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The pods that are bound to our nodes, for whoever knows them by name. */
@ApplicationScoped
public class NodePods {
  @Inject BoundPods bound;
  @Inject Pods pods;
  @Inject NodeAddresses addresses;

  /** The pod of that name that is bound to the node at present. */
  public Optional<PodUid> find(NodeName node, String namespace, String name) {
    return bound.find(node, namespace, name);
  }

  /** The pods of the node that we have taken up, with their status of this moment. */
  public List<Pod> list(NodeName node) {
    return bound.uids(node).stream().flatMap(uid -> pods.find(uid).stream()).toList();
  }

  /** The IP address by which the cluster reaches the node; the first of its addresses. */
  public String address(NodeName node) {
    return addresses.of(node);
  }
}
