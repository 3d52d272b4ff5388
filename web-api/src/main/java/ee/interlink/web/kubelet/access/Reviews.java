package ee.interlink.web.kubelet.access;

import java.util.Optional;

/** What the API server is asked about those who come to a node's port. */
public interface Reviews {
  /** Whose token it is; empty if it is nobody's. */
  Optional<Caller> whose(String token) throws ClusterAwayException;

  /** Whether the caller has that right to the node. */
  boolean allows(Caller caller, Access access) throws ClusterAwayException;
}
