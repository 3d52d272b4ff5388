package ee.interlink.offload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedAnnotationsTest {
  @ParameterizedTest
  @CsvSource({
    "interlink.eu/pod-vpn, true, address of its node",
    "interlink.eu/pod-ip, 10.0.0.7, address of its node",
    "interlink.eu/pod-subnet, 10.0.0.0/24, address of its node",
    "interlink.eu/mesh-network, enabled, a network",
    "interlink.eu/wg-private-key, abc=, a network",
    "interlink.eu/wg-peer-public-key, abc=, a network",
    "interlink.eu/wg-mtu, 1280, a network",
    "interlink.eu/wg-keepalive-seconds, 25, a network",
    "interlink.eu/wireguard-client-snippet, [Interface], a network",
    "interlink.virtual-kubelet.io/wstunnel-timeout, 30s, a tunnel",
    "interlink.eu/wstunnel-extra-ports, 8080, a tunnel",
    "interlink.eu/wstunnel-path-prefix, abc, a tunnel",
    "interlink.eu/wstunnel-client-commands, wstunnel client, a tunnel",
    "interlink.eu/shadow-same-ns, true, a tunnel",
    "interlink.eu/disable-offload-containers, proxy, all containers",
    "interlink.eu/disable-offload-init-containers, proxy, all containers",
    "interlink.eu/pod-vnp, true, is not known",
    "interlink.virtual-kubelet.io/ping-response, ok, is not known"
  })
  void one_that_asks_for_something_is_refused_by_name(String name, String value, String words) {
    assertThat(PublishedAnnotations.faultsOf(Map.of(name, value)))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.field()).isEqualTo("metadata.annotations[" + name + "]");
              assertThat(fault.fault()).contains(words);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "interlink.eu/mesh-network, disabled",
    "interlink.eu/mesh-network, Disabled",
    "interlink.eu/shadow-same-ns, false",
    "interlink.ee/backend, here",
    "slurm-job.vk.io/flags, -p short",
    "JobID, 17",
    "sidecar.istio.io/status, injected"
  })
  void one_that_asks_for_nothing_or_is_another_s_passes(String name, String value) {
    assertThat(PublishedAnnotations.faultsOf(Map.of(name, value))).isEmpty();
  }

  @Test
  void all_are_named_at_once() {
    assertThat(
            PublishedAnnotations.faultsOf(
                Map.of("interlink.eu/pod-vpn", "", "interlink.eu/pod-ip", "")))
        .extracting(FieldFault::field)
        .containsExactly(
            "metadata.annotations[interlink.eu/pod-ip]",
            "metadata.annotations[interlink.eu/pod-vpn]");
  }
}
