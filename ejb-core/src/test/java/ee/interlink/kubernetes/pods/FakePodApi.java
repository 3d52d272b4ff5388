package ee.interlink.kubernetes.pods;

import ee.interlink.batch.PodUid;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API server of one table that writes down what it is told. */
final class FakePodApi extends PodApi {
  final Map<PodUid, Pod> there = new HashMap<>();
  final List<PodStatus> written = new ArrayList<>();
  final List<Map<String, String>> annotations = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  boolean away;

  /** Happens once, while a status is on its way. */
  Runnable beforeNextWrite = () -> {};

  private void asked(String what) throws ClusterUnavailableException {
    if (away) {
      throw new ClusterUnavailableException("no answer", null);
    }
    calls.add(what);
  }

  PodStatus last() {
    return written.get(written.size() - 1);
  }

  @Override
  Optional<Pod> get(BoundPod pod) throws ClusterUnavailableException {
    asked("get");
    return Optional.ofNullable(there.get(pod.uid()));
  }

  @Override
  boolean writeStatus(BoundPod pod, PodStatus status, Map<String, String> notes)
      throws ClusterUnavailableException {
    Runnable before = beforeNextWrite;
    beforeNextWrite = () -> {};
    before.run();
    asked("status " + status.getPhase());
    if (!there.containsKey(pod.uid())) {
      return false;
    }
    written.add(status);
    annotations.add(notes);
    return true;
  }

  @Override
  void confirmDeletion(BoundPod pod) throws ClusterUnavailableException {
    asked("confirm");
  }
}
