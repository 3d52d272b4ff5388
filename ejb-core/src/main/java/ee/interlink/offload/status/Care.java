package ee.interlink.offload.status;

import io.fabric8.kubernetes.api.model.Container;

/** What a pod says of how its containers are looked after. */
final class Care {
  private Care() {}

  /** A restartable init container (Kubernetes, "Sidecar Containers"). */
  static boolean isSidecar(Container init) {
    return "Always".equals(init.getRestartPolicy());
  }
}
