package ee.interlink.kubernetes.pods;

import ee.interlink.batch.PodUid;
import ee.interlink.batch.Volume;
import ee.interlink.kubernetes.resolve.LiveVolume;
import ee.interlink.kubernetes.resolve.ObjectKey;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * What may change in the volumes of one node's pods, and how far each pod's job has it; in memory.
 * Objects are read again and again, each once for all pods that name it; the right to watch would
 * be the right to list all Secrets there are.
 */
final class NodeVolumes {
  private static final Duration AGE = Duration.ofSeconds(20);
  private static final Duration UNFILLED = Duration.ofMinutes(1);

  private final Map<PodUid, FollowedPod> pods = new ConcurrentHashMap<>();
  private final Map<ObjectKey, ObjectVersion> versions = new ConcurrentHashMap<>();
  private final Map<ObjectKey, Instant> asked = new ConcurrentHashMap<>();

  /** The informer has heard of a pod, or of a change of it. */
  void seen(Pod pod) {
    PodUid uid = new PodUid(pod.getMetadata().getUid());
    if (pod.getStatus() != null && ToldStatus.of(pod).isTerminal()) {
      pods.remove(uid);
      return;
    }
    long metadata = FollowedPod.metadata(pod.getMetadata());
    if (pods.computeIfPresent(uid, (key, known) -> known.heard(metadata)) == null) {
      List<LiveVolume> live = LiveVolume.of(pod);
      if (!live.isEmpty()) {
        pods.put(uid, FollowedPod.of(live, metadata));
      }
    }
  }

  void forget(PodUid uid) {
    pods.remove(uid);
  }

  /** The pod has been taken up before; nobody knows what its job was given. */
  void begun(PodUid uid) {
    change(uid, pod -> pod.begun() ? pod : pod.begin());
  }

  /**
   * The pod's job has these files now.
   *
   * @param seen of what they were made
   * @param pod the same
   */
  void made(PodUid uid, List<Volume.Files> files, SeenObjects seen, Pod pod) {
    long metadata = FollowedPod.metadata(pod.getMetadata());
    // What was seen is the newest that we know.
    seen.versions().forEach((key, text) -> versions.put(key, new ObjectVersion(text, false)));
    change(uid, known -> known.with(files, seen, metadata));
  }

  /** These volumes of a pod cannot be filled as they are; the job keeps what it has. */
  void passOver(PodUid uid, List<String> names, Instant now) {
    change(uid, pod -> pod.passOver(names, this::version, now.plus(UNFILLED)));
  }

  /** Its job is not there yet. */
  void soon(PodUid uid, Instant now) {
    change(uid, pod -> pod.soon(now));
  }

  /** An update was in vain. */
  void later(PodUid uid, Instant now) {
    change(uid, pod -> pod.later(now));
  }

  private void change(PodUid uid, UnaryOperator<FollowedPod> change) {
    pods.computeIfPresent(uid, (key, pod) -> change.apply(pod));
  }

  Optional<FollowedPod> find(PodUid uid) {
    return Optional.ofNullable(pods.get(uid));
  }

  /** The objects to be read next: those that were not for the longest time. */
  List<ObjectKey> stale(Instant now, int most) {
    Set<ObjectKey> named = new HashSet<>();
    for (FollowedPod pod : pods.values()) {
      if (pod.begun()) {
        pod.volumes().forEach(volume -> named.addAll(volume.live().objects()));
      }
    }
    versions.keySet().retainAll(named);
    asked.keySet().retainAll(named);
    return named.stream()
        .filter(key -> isStale(key, now))
        .sorted(Comparator.comparing(key -> asked.getOrDefault(key, Instant.MIN)))
        .limit(most)
        .toList();
  }

  private boolean isStale(ObjectKey key, Instant now) {
    ObjectVersion version = versions.get(key);
    Instant at = asked.get(key);
    return (version == null || !version.last()) && (at == null || !now.isBefore(at.plus(AGE)));
  }

  /** It is about to be read. */
  void asking(ObjectKey key, Instant now) {
    asked.put(key, now);
  }

  void read(ObjectKey key, ObjectVersion version) {
    versions.put(key, version);
  }

  /** Pods whose jobs are to be given newer files. */
  List<PodUid> due(Instant now, int most) {
    List<PodUid> due = new ArrayList<>();
    for (Map.Entry<PodUid, FollowedPod> pod : pods.entrySet()) {
      if (due.size() < most && !pod.getValue().due(now, this::version).isEmpty()) {
        due.add(pod.getKey());
      }
    }
    return due;
  }

  /** Which of a pod's volumes. */
  List<String> due(PodUid uid, Instant now) {
    return find(uid).map(pod -> pod.due(now, this::version)).orElse(List.of());
  }

  private String version(ObjectKey key) {
    ObjectVersion known = versions.get(key);
    return known == null ? null : known.text();
  }
}
