package ee.interlink.offload.pod;

import ee.interlink.batch.ContainerSecurity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.Optional;
import java.util.OptionalLong;

/** What a container's security context and its pod's come to, the container's own going first. */
final class ContainerSecurities {
  private ContainerSecurities() {}

  /**
   * A kubelet gives a process the group that it names and, beside it, the group that its volumes'
   * files get. In a job there is but one: the volumes' if none is named, else that which is named,
   * and the files have that one too.
   *
   * @throws IllegalArgumentException if it is to be root and not to be root, or an id is none
   */
  static ContainerSecurity of(PodSpec spec, Container container) {
    PodSecurityContext pod =
        Optional.ofNullable(spec.getSecurityContext()).orElseGet(PodSecurityContext::new);
    SecurityContext own =
        Optional.ofNullable(container.getSecurityContext()).orElseGet(SecurityContext::new);
    Optional<Long> user = first(own.getRunAsUser(), pod.getRunAsUser());
    boolean notRoot = first(own.getRunAsNonRoot(), pod.getRunAsNonRoot()).orElse(false);
    if (notRoot && user.filter(id -> id == 0).isPresent()) {
      throw new IllegalArgumentException(
          "securityContext.runAsUser is 0, and runAsNonRoot is true: they contradict each other");
    }
    return new ContainerSecurity(
        Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()),
        number(user),
        number(
            first(own.getRunAsGroup(), pod.getRunAsGroup())
                .or(() -> Optional.ofNullable(pod.getFsGroup()))));
  }

  private static <T> Optional<T> first(T own, T pod) {
    return Optional.ofNullable(own).or(() -> Optional.ofNullable(pod));
  }

  private static OptionalLong number(Optional<Long> id) {
    return id.isPresent() ? OptionalLong.of(id.get()) : OptionalLong.empty();
  }
}
