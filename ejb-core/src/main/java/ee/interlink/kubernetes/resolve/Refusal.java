package ee.interlink.kubernetes.resolve;

import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.RefusedPodException;
import java.util.List;

/** The refusal of a pod for one field. */
final class Refusal {
  private Refusal() {}

  static RefusedPodException of(String field, String fault) {
    return new RefusedPodException(List.of(new FieldFault(field, fault)));
  }
}
