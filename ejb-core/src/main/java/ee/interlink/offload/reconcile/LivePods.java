package ee.interlink.offload.reconcile;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.status.PodFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The pods whose jobs may still change, so that an observation round reads no row. A few hundred
 * bytes each; gone when the job is over.
 */
@ApplicationScoped
public class LivePods {
  private final Map<PodUid, LivePod> pods = new ConcurrentHashMap<>();

  void add(PodUid uid, LivePod pod) {
    pods.put(uid, pod);
  }

  /** Takes in a pod that the journal holds open and nobody has told us of. */
  void adopt(PodUid uid, LivePod pod) {
    pods.putIfAbsent(uid, pod);
  }

  void remove(PodUid uid) {
    pods.remove(uid);
  }

  Optional<LivePod> find(PodUid uid) {
    return Optional.ofNullable(pods.get(uid));
  }

  /** Changes what is known of a pod, if it is still live. */
  void change(PodUid uid, UnaryOperator<LivePod> change) {
    pods.computeIfPresent(uid, (key, pod) -> change.apply(pod));
  }

  /** What was observed of a live pod. */
  public Optional<PodFacts> facts(PodUid uid) {
    return find(uid).map(LivePod::facts);
  }

  /** How many there are. */
  public int size() {
    return pods.size();
  }

  Set<AccountName> accounts(BackendName backend) {
    return pods.values().stream()
        .filter(pod -> pod.backend().equals(backend))
        .map(LivePod::account)
        .collect(Collectors.toSet());
  }

  List<JobRef> jobs(BackendName backend, AccountName account) {
    return pods.values().stream()
        .filter(pod -> pod.backend().equals(backend) && pod.account().equals(account))
        .flatMap(pod -> pod.job().stream())
        .toList();
  }

  /** Those that a backend's outage kept from being submitted. */
  List<PodUid> heldBack(BackendName backend) {
    return pods.entrySet().stream()
        .filter(e -> e.getValue().backend().equals(backend) && e.getValue().attempts() > 0)
        .filter(e -> e.getValue().job().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }
}
