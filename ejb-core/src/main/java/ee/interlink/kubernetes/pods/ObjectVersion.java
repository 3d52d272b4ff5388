package ee.interlink.kubernetes.pods;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * What tells an object from itself at another time.
 *
 * @param text empty if it is not there
 * @param last whether there will be no other one, since it is immutable
 */
record ObjectVersion(String text, boolean last) {
  private static final ObjectVersion ABSENT = new ObjectVersion("", false);

  ObjectVersion {
    Objects.requireNonNull(text, "text");
  }

  static ObjectVersion ofConfigMap(Optional<ConfigMap> map) {
    return map.map(found -> of(found.getMetadata(), found.getImmutable())).orElse(ABSENT);
  }

  static ObjectVersion ofSecret(Optional<Secret> secret) {
    return secret.map(found -> of(found.getMetadata(), found.getImmutable())).orElse(ABSENT);
  }

  private static ObjectVersion of(ObjectMeta meta, Boolean immutable) {
    return new ObjectVersion(
        meta.getUid() + "/" + meta.getResourceVersion(), Boolean.TRUE.equals(immutable));
  }
}
