package ee.interlink.web.kubelet.access;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who asks, as Kubernetes names users.
 *
 * @param name never empty
 * @param uid may be empty
 * @param groups those that were proven, and that of all who were authenticated
 * @param extra what the authenticator knows beyond that
 */
public record Caller(String name, String uid, Set<String> groups, Map<String, List<String>> extra) {
  private static final String AUTHENTICATED = "system:authenticated";

  public Caller {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(uid, "uid");
    Set<String> all = new TreeSet<>(groups);
    all.add(AUTHENTICATED);
    groups = Set.copyOf(all);
    extra = Map.copyOf(extra);
  }
}
