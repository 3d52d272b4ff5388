package ee.interlink.offload.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Volume;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** A pod's manifest as a user writes it, to be changed at any place. */
final class Manifest {
  private final ObjectNode tree;

  private Manifest(ObjectNode tree) {
    this.tree = tree;
  }

  /** One container, one init container, one empty directory that the first mounts. */
  static Manifest ordinary() {
    return of(
        """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"uid": "11111111-2222-3333-4444-555555555555",
                      "name": "sample", "namespace": "default"},
         "spec": {
           "restartPolicy": "Never",
           "initContainers": [{"name": "init", "image": "busybox"}],
           "containers": [{"name": "main", "image": "busybox",
                           "env": [{"name": "A", "value": "b"}],
                           "volumeMounts": [{"name": "scratch", "mountPath": "/scratch"}]}],
           "volumes": [{"name": "scratch", "emptyDir": {}}]}}
        """);
  }

  static Manifest of(String json) {
    try {
      return new Manifest((ObjectNode) PodJson.mapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * @param pointer a JSON pointer to the field; what holds it must be there
   * @param json the value
   */
  Manifest with(String pointer, String json) {
    int slash = pointer.lastIndexOf('/');
    String name = pointer.substring(slash + 1).replace("~1", "/");
    try {
      var value = PodJson.mapper().readTree(json);
      var holder = tree.at(pointer.substring(0, slash));
      if (holder instanceof ArrayNode list) {
        list.add(value);
      } else {
        ((ObjectNode) holder).set(name, value);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
    return this;
  }

  Pod pod() {
    try {
      return PodJson.mapper().treeToValue(tree, Pod.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  JobRequest request(Volume.Files... volumes) throws RefusedPodException {
    return JobRequests.from(new ResolvedPod(pod(), List.of(volumes)));
  }
}
