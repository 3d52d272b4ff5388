package ee.interlink.web.portal;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.PodQuery;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of pods, as Kubernetes pages them.
 *
 * @param pods of this page
 * @param next what to ask with for the next page; empty if this is the last
 */
record PodPage(List<Pod> pods, Optional<String> next) {
  private static final int USUAL = 500;

  static PodPage of(
      Pods pods,
      Optional<String> namespace,
      Optional<String> backend,
      OptionalLong limit,
      Optional<String> after) {
    if (limit.orElse(USUAL) == 0) {
      throw Parameter.invalid("limit", "is 0");
    }
    after.ifPresent(PodPage::check);
    int most = (int) Math.min(limit.orElse(USUAL), PodQuery.MOST);
    List<Pod> page = pods.list(new PodQuery(namespace, backend, after, most));
    if (page.size() < most) {
      return new PodPage(page, Optional.empty());
    }
    Optional<String> last = Optional.of(page.get(page.size() - 1).getMetadata().getUid());
    boolean more = !pods.list(new PodQuery(namespace, backend, last, 1)).isEmpty();
    return new PodPage(page, more ? last : Optional.empty());
  }

  private static void check(String after) {
    try {
      PodUid unused = new PodUid(after);
    } catch (IllegalArgumentException e) {
      throw Parameter.invalid("continue", "is not what an earlier page said");
    }
  }

  PodList asList() {
    return new PodListBuilder()
        .withItems(pods)
        .withNewMetadata()
        .withContinue(next.orElse(null))
        .endMetadata()
        .build();
  }
}
