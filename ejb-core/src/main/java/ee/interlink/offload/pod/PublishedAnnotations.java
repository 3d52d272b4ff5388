package ee.interlink.offload.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What pods may have with them that was written for the virtual kubelet of the published interLink
 * (its wire protocol, "Pod annotations"). All of it is about networks that are not offered, so each
 * is refused by name, unless it asks for nothing. A pod that this virtual kubelet itself hands on
 * is another matter: it has acted on them already, and has added some.
 */
public final class PublishedAnnotations {
  /** A command that such a virtual kubelet wants to be run beside the containers. */
  public static final String TUNNEL_COMMAND = "interlink.eu/wstunnel-client-commands";

  private static final Set<String> PREFIXES =
      Set.of("interlink.eu/", "interlink.virtual-kubelet.io/");

  private static final String NO_TUNNEL =
      "asks for a tunnel between the cluster and the pod, which is not offered";
  private static final String NO_MESH =
      "asks for a network between pods and cluster, which is not offered";
  private static final String NO_ADDRESS = "is not offered: a pod has the address of its node";
  private static final String ALL_RUN = "is not offered: all containers of a pod run in its job";

  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("interlink.eu/pod-vpn", NO_ADDRESS),
          Map.entry("interlink.eu/pod-ip", NO_ADDRESS),
          Map.entry("interlink.eu/pod-subnet", NO_ADDRESS),
          Map.entry("interlink.eu/mesh-network", NO_MESH),
          Map.entry("interlink.eu/wg-private-key", NO_MESH),
          Map.entry("interlink.eu/wg-peer-public-key", NO_MESH),
          Map.entry("interlink.eu/wg-mtu", NO_MESH),
          Map.entry("interlink.eu/wg-keepalive-seconds", NO_MESH),
          Map.entry("interlink.eu/wireguard-client-snippet", NO_MESH),
          Map.entry("interlink.virtual-kubelet.io/wstunnel-timeout", NO_TUNNEL),
          Map.entry("interlink.eu/wstunnel-extra-ports", NO_TUNNEL),
          Map.entry("interlink.eu/wstunnel-path-prefix", NO_TUNNEL),
          Map.entry(TUNNEL_COMMAND, NO_TUNNEL),
          Map.entry("interlink.eu/shadow-same-ns", NO_TUNNEL),
          Map.entry("interlink.eu/disable-offload-containers", ALL_RUN),
          Map.entry("interlink.eu/disable-offload-init-containers", ALL_RUN));

  /** By these a pod says that it wants none of what is not offered. */
  private static final Map<String, String> ASKS_FOR_NOTHING =
      Map.of("interlink.eu/mesh-network", "disabled", "interlink.eu/shadow-same-ns", "false");

  private PublishedAnnotations() {}

  /**
   * @param annotations of a pod that no virtual kubelet of the published interLink has seen
   * @return a fault for each that asks for something, or that nobody knows
   */
  public static List<FieldFault> faultsOf(Map<String, String> annotations) {
    List<FieldFault> faults = new ArrayList<>();
    new TreeMap<>(annotations)
        .forEach(
            (name, value) -> {
              if (PREFIXES.stream().anyMatch(name::startsWith) && asks(name, value)) {
                faults.add(
                    new FieldFault(
                        "metadata.annotations[" + name + "]",
                        REFUSED.getOrDefault(name, "is not known")));
              }
            });
    return faults;
  }

  private static boolean asks(String name, String value) {
    return !value.toLowerCase(Locale.ROOT).equals(ASKS_FOR_NOTHING.get(name));
  }
}
