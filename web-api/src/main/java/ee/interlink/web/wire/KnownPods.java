package ee.interlink.web.wire;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.PodQuery;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Statuses of many pods with few questions to the journal. */
final class KnownPods {
  /** From here on a walk over all pods, a thousand a question, is less than one question a pod. */
  static final int FEW = 8;

  private final Pods pods;

  KnownPods(Pods pods) {
    this.pods = pods;
  }

  List<WirePodStatus> all() {
    return walk(uid -> true);
  }

  /** In the order asked for, without those that are not known. */
  List<WirePodStatus> of(List<PodUid> uids) {
    if (uids.size() <= FEW) {
      return uids.stream()
          .map(pods::find)
          .flatMap(Optional::stream)
          .map(WirePodStatus::of)
          .toList();
    }
    Set<String> wanted = new HashSet<>();
    uids.forEach(uid -> wanted.add(uid.value()));
    Map<String, WirePodStatus> found =
        walk(wanted::contains).stream()
            .collect(Collectors.toMap(WirePodStatus::uid, Function.identity()));
    return uids.stream()
        .map(uid -> Optional.ofNullable(found.get(uid.value())))
        .flatMap(Optional::stream)
        .toList();
  }

  private List<WirePodStatus> walk(Predicate<String> wanted) {
    List<WirePodStatus> statuses = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<Pod> page;
    do {
      page = pods.list(new PodQuery(Optional.empty(), Optional.empty(), after, PodQuery.MOST));
      page.stream()
          .filter(pod -> wanted.test(pod.getMetadata().getUid()))
          .map(WirePodStatus::of)
          .forEach(statuses::add);
      after = page.stream().reduce((a, b) -> b).map(last -> last.getMetadata().getUid());
    } while (page.size() == PodQuery.MOST);
    return statuses;
  }
}
