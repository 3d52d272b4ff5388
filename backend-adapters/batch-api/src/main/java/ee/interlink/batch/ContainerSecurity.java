package ee.interlink.batch;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a container asks for of its {@code securityContext} that a job can give. The job runs as its
 * account all the same: a user or group of the pod's own is that account by another number, within
 * the container.
 *
 * @param readOnlyRoot whether it may write into its mounts only, and nowhere else
 * @param user the user id that it sees itself as; if absent, the account's own
 * @param group the group id that it and the files of its volumes have for it; if absent, the
 *     account's own
 */
public record ContainerSecurity(boolean readOnlyRoot, OptionalLong user, OptionalLong group) {
  /** One that may write wherever its account may, as that account. */
  public static final ContainerSecurity DEFAULT =
      new ContainerSecurity(false, OptionalLong.empty(), OptionalLong.empty());

  /** The greatest id that Kubernetes takes. */
  private static final long GREATEST = Integer.MAX_VALUE;

  /**
   * @throws IllegalArgumentException if an id is not from 0 to 2147483647
   */
  public ContainerSecurity {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(group, "group");
    check("user", user);
    check("group", group);
  }

  private static void check(String what, OptionalLong id) {
    if (id.isPresent() && (id.getAsLong() < 0 || id.getAsLong() > GREATEST)) {
      throw new IllegalArgumentException(
          "the " + what + " " + id.getAsLong() + " is not from 0 to " + GREATEST);
    }
  }
}
