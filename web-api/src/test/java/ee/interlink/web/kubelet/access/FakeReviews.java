package ee.interlink.web.kubelet.access;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An API server's answers, in memory. */
public final class FakeReviews implements Reviews {
  public final Map<String, String> tokens = new HashMap<>();

  /** {@code USER VERB SUBRESOURCE}. */
  public final Set<String> rights = new HashSet<>();

  public boolean away;
  public int questions;

  @Override
  public Optional<Caller> whose(String token) throws ClusterAwayException {
    ask();
    return Optional.ofNullable(tokens.get(token))
        .map(name -> new Caller(name, "", Set.of(), Map.of()));
  }

  @Override
  public boolean allows(Caller caller, Access access) throws ClusterAwayException {
    ask();
    return caller.groups().contains("system:masters")
        || rights.contains(caller.name() + " " + access.verb() + " " + access.subresource());
  }

  private void ask() throws ClusterAwayException {
    if (away) {
      throw new ClusterAwayException("no route", null);
    }
    questions++;
  }
}
