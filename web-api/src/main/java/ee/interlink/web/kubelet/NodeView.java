package ee.interlink.web.kubelet;

import ee.interlink.batch.PodUid;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** The pods of one node, as its port shows them. */
interface NodeView {
  Optional<PodUid> find(String namespace, String name);

  /** With their status of this moment. */
  List<Pod> pods();
}
