package ee.interlink.offload.pod;

import ee.interlink.batch.PodNames;
import ee.interlink.batch.PodNames.HostAlias;
import ee.interlink.batch.PodNames.Resolver;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a pod says of names. A job has no cluster DNS, so every {@code dnsPolicy} but {@code None}
 * begins with the resolver of the job's machine, as {@code Default} does on a kubelet.
 */
final class PodHostNames {
  private static final String ONLY_THE_PODS = "None";

  private PodHostNames() {}

  /**
   * @param faults where fields go that are not of the form that Kubernetes demands
   */
  static PodNames of(PodSpec spec, List<FieldFault> faults) {
    List<HostAlias> aliases = new ArrayList<>();
    for (int i = 0; i < spec.getHostAliases().size(); i++) {
      io.fabric8.kubernetes.api.model.HostAlias alias = spec.getHostAliases().get(i);
      String ip = Optional.ofNullable(alias.getIp()).orElse("");
      read("spec.hostAliases[" + i + "]", faults, () -> new HostAlias(ip, alias.getHostnames()))
          .ifPresent(aliases::add);
    }
    Optional<Resolver> resolver =
        read("spec.dnsConfig", faults, () -> resolver(spec)).flatMap(found -> found);
    Optional<String> hostname = Optional.ofNullable(spec.getHostname()).filter(h -> !h.isEmpty());
    return read("spec.hostname", faults, () -> new PodNames(hostname, aliases, resolver))
        .orElse(PodNames.OF_THE_MACHINE);
  }

  private static Optional<Resolver> resolver(PodSpec spec) {
    boolean alone = ONLY_THE_PODS.equals(spec.getDnsPolicy());
    PodDNSConfig config = spec.getDnsConfig();
    if (alone && (config == null || config.getNameservers().isEmpty())) {
      throw new IllegalArgumentException("no nameserver with dnsPolicy " + ONLY_THE_PODS);
    }
    if (config == null) {
      return Optional.empty();
    }
    List<String> options =
        config.getOptions().stream()
            .map(
                option ->
                    option.getValue() == null
                        ? option.getName()
                        : option.getName() + ":" + option.getValue())
            .toList();
    return Optional.of(
        new Resolver(!alone, config.getNameservers(), config.getSearches(), options));
  }

  private static <T> Optional<T> read(String field, List<FieldFault> faults, Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (IllegalArgumentException e) {
      faults.add(new FieldFault(field, "is refused: " + e.getMessage()));
      return Optional.empty();
    }
  }
}
