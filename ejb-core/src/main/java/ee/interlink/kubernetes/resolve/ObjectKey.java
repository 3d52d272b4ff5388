package ee.interlink.kubernetes.resolve;

import java.util.Objects;

/** A ConfigMap or Secret that a pod names; it need not be there. */
public record ObjectKey(Kind kind, String namespace, String name) {
  /** What it is. */
  public enum Kind {
    CONFIG_MAP,
    SECRET
  }

  public ObjectKey {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
  }
}
