package ee.interlink.offload.journal;

import java.util.Objects;
import java.util.Optional;

/**
 * Which pods to list, in order of UID.
 *
 * @param namespace only pods of this one
 * @param backend only pods of this one
 * @param after only pods with a greater UID: the last of the page before
 * @param limit most pods, 1 to 1000
 */
public record PodQuery(
    Optional<String> namespace, Optional<String> backend, Optional<String> after, int limit) {
  public static final int MOST = 1000;

  /**
   * @throws IllegalArgumentException if the limit is out of range
   */
  public PodQuery {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(after, "after");
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit is not a number from 1 to " + MOST);
    }
  }
}
