package ee.interlink.kubernetes.pods;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.NodeName;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pods that are bound to our nodes, as the informers hear of them. Of a pod that has not been
 * taken up yet, the whole of it is kept until it is.
 */
@ApplicationScoped
public class BoundPods {
  private record Place(NodeName node, String namespace, String name) {}

  private final Map<PodUid, BoundPod> pods = new ConcurrentHashMap<>();
  private final Map<Place, PodUid> places = new ConcurrentHashMap<>();
  private final Map<PodUid, Pod> arrivals = new ConcurrentHashMap<>();
  private final Map<PodUid, ToldStatus> told = new ConcurrentHashMap<>();
  private final Set<PodUid> taken = ConcurrentHashMap.newKeySet();
  private final Set<String> complete = ConcurrentHashMap.newKeySet();

  /** All pods of the node have been heard of. */
  void complete(NodeName node) {
    complete.add(node.value());
  }

  /** Whether all pods of the node have been heard of once, so that an absent one is no more. */
  boolean isComplete(NodeName node) {
    return isComplete(node.value());
  }

  /** The same by the name that a pod has of its node; of one that is not ours, false. */
  boolean isComplete(String node) {
    return complete.contains(node);
  }

  /** Notes a pod; returns whether there is something to do about it. */
  boolean seen(Pod pod, NodeName node) {
    BoundPod now = BoundPod.of(pod, node);
    // Ours alone from then on: what the informer hears later is what we have said, and late.
    told.computeIfAbsent(now.uid(), uid -> ToldStatus.of(pod));
    BoundPod before = pods.put(now.uid(), now);
    places.put(new Place(node, now.namespace(), now.name()), now.uid());
    boolean mended = false;
    if (!taken.contains(now.uid())) {
      pod.getMetadata().setManagedFields(List.of());
      Pod earlier = arrivals.put(now.uid(), pod);
      mended = earlier != null && !asks(earlier).equals(asks(pod));
    }
    return before == null
        || mended
        || !before.deletion().equals(now.deletion())
        || !before.activeDeadline().equals(now.activeDeadline());
  }

  /** For what a pod may have been refused: its author may change some of it. */
  private static List<Object> asks(Pod pod) {
    return List.of(
        pod.getSpec(), Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of()));
  }

  void vanished(PodUid uid) {
    BoundPod pod = pods.remove(uid);
    if (pod != null) {
      places.remove(new Place(pod.node(), pod.namespace(), pod.name()), uid);
    }
    arrivals.remove(uid);
    taken.remove(uid);
    told.remove(uid);
  }

  /** The journal has it: the whole of it is not needed any more. */
  void taken(PodUid uid) {
    if (pods.containsKey(uid)) {
      taken.add(uid);
    }
    arrivals.remove(uid);
  }

  /** A pod in full, as long as it has not been taken up. */
  Optional<Pod> arrival(PodUid uid) {
    return Optional.ofNullable(arrivals.get(uid));
  }

  Optional<BoundPod> find(PodUid uid) {
    return Optional.ofNullable(pods.get(uid));
  }

  /** The pod of that name on that node. */
  public Optional<PodUid> find(NodeName node, String namespace, String name) {
    return Optional.ofNullable(places.get(new Place(node, namespace, name)));
  }

  /** All pods of a node. */
  public List<PodUid> uids(NodeName node) {
    return of(node).stream().map(BoundPod::uid).toList();
  }

  List<BoundPod> of(NodeName node) {
    return pods.values().stream().filter(pod -> pod.node().equals(node)).toList();
  }

  /** Those that nobody has taken up yet. */
  List<PodUid> untaken() {
    return List.copyOf(arrivals.keySet());
  }

  /** What the API server has been told of a pod's status last, by us or before our time. */
  ToldStatus told(PodUid uid) {
    return told.getOrDefault(uid, ToldStatus.NOTHING);
  }

  void told(PodUid uid, ToldStatus status) {
    told.computeIfPresent(uid, (key, before) -> status);
  }
}
