package ee.interlink.web.kubelet.access;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A right to something of a node, by which the API server decides who may come in.
 *
 * @param verb of the Kubernetes API
 * @param subresource of the resource {@code nodes}
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/">Kubelet
 *     authorization</a>
 * @see <a
 *     href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/2862-fine-grained-kubelet-authz">KEP-2862</a>
 */
public record Access(String verb, String subresource) {
  private static final String ANYTHING = "proxy";

  private static final Map<String, String> VERBS =
      Map.of("GET", "get", "POST", "create", "PUT", "update", "PATCH", "patch", "DELETE", "delete");

  /** Paths and what lies below them; for all else there is only the right to everything. */
  private static final Map<String, String> NARROW =
      Map.of("/stats", "stats", "/metrics", "metrics", "/logs", "log");

  /** Before Kubernetes 1.33 these needed the right to everything, which still does. */
  private static final Map<String, String> NARROW_OR_ANYTHING =
      Map.of("/healthz", "healthz", "/configz", "configz", "/pods", "pods", "/runningpods", "pods");

  /** The rights of which one is enough, in the order in which they are asked for. */
  public static List<Access> to(String method, String path) {
    String verb = VERBS.getOrDefault(method, method.toLowerCase(Locale.ROOT));
    Optional<String> narrow = below(path, NARROW);
    if (narrow.isPresent()) {
      return List.of(new Access(verb, narrow.get()));
    }
    return below(path, NARROW_OR_ANYTHING)
        .map(sub -> List.of(new Access(verb, sub), new Access(verb, ANYTHING)))
        .orElseGet(() -> List.of(new Access(verb, ANYTHING)));
  }

  private static Optional<String> below(String path, Map<String, String> table) {
    return table.entrySet().stream()
        .filter(e -> path.equals(e.getKey()) || path.startsWith(e.getKey() + "/"))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
