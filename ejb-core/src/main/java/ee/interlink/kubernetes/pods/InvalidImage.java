package ee.interlink.kubernetes.pods;

import ee.interlink.batch.ImageName;
import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * A container whose image no registry can have, and what a kubelet says of it ({@code
 * pkg/kubelet/images}, {@code EnsureImageExists}).
 *
 * @param container its name
 * @param message in the kubelet's words
 */
record InvalidImage(String container, String message) {
  /** Why such a container waits. */
  static final String REASON = "InvalidImageName";

  /** All of a pod that was refused; none if there are other faults too, for those come first. */
  static List<InvalidImage> of(Pod pod, RefusedPodException refused) {
    List<InvalidImage> found = new ArrayList<>();
    if (refused.faults().stream().allMatch(fault -> fault.fault().equals(ImageName.FAULT))) {
      List<String> fields = refused.faults().stream().map(FieldFault::field).toList();
      add("spec.initContainers", pod.getSpec().getInitContainers(), fields, found);
      add("spec.containers", pod.getSpec().getContainers(), fields, found);
    }
    return found;
  }

  private static void add(
      String path, List<Container> containers, List<String> fields, List<InvalidImage> found) {
    for (int i = 0; i < containers.size(); i++) {
      if (fields.contains(path + "[" + i + "].image")) {
        String image = "\"" + containers.get(i).getImage() + "\"";
        found.add(
            new InvalidImage(
                containers.get(i).getName(),
                "Failed to apply default image tag "
                    + image
                    + ": couldn't parse image name "
                    + image
                    + ": invalid reference format"));
      }
    }
  }
}
