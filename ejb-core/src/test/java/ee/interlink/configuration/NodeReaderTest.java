package ee.interlink.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ee.interlink.batch.InvalidSettingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeReaderTest {
  private static final String N = "interlink.nodes.n.";

  private static Configuration read(String... keysAndValues) throws InvalidSettingException {
    Map<String, String> values = new HashMap<>();
    values.put("interlink.backends.b.driver", "local");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ConfigurationReader(values).read();
  }

  private static Node node(String... keysAndValues) throws InvalidSettingException {
    String[] all = new String[keysAndValues.length + 2];
    all[0] = N + "backend";
    all[1] = "b";
    for (int i = 0; i < keysAndValues.length; i += 2) {
      all[i + 2] = N + keysAndValues[i];
      all[i + 3] = keysAndValues[i + 1];
    }
    return read(all).nodes().get(new NodeName("n"));
  }

  private static InvalidSettingException fault(String... keysAndValues) {
    InvalidSettingException fault =
        catchThrowableOfType(InvalidSettingException.class, () -> read(keysAndValues));
    assertThat(fault).as("fault").isNotNull();
    assertThat(fault).hasMessageStartingWith(fault.key());
    return fault;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "backend; other; backend",
        "backend; ''; backend",
        "adress; 192.0.2.7; adress",
        "labels; zone; labels",
        "labels; =x; labels",
        "labels; a b=x; labels",
        "labels; zone=a b; labels",
        "taints; k=v:Never; taints",
        "taints; k=v; taints",
        "taints; :NoSchedule; taints",
        "taints; a b=v:NoSchedule; taints",
        "capacity.cpu; many; capacity.cpu",
        "capacity.cpu; -1; capacity.cpu",
        "capacity.cpu; ''; capacity.cpu",
        "capacity.memory; 4 GB; capacity.memory",
        "capacity.a b; 1; capacity.a b",
        "kubelet.port; ten; kubelet.port",
        "kubelet.port; -1; kubelet.port",
        "kubelet.port; 65536; kubelet.port",
        "kubelet.certificate; /c; kubelet.certificate",
        "kubelet.key; /k; kubelet.certificate",
        "kubelet.certficate; /c; kubelet.certficate",
        "api-server; api.example.org; api-server",
        "api-server; :6443; api-server",
        "api-server; api.example.org:https; api-server",
        "api-server; api.example.org:0; api-server",
        "deregister; yes; deregister",
      })
  void a_bad_key_is_named(String key, String value, String named) {
    assertThat(fault(N + "backend", "b", N + key, value).key()).isEqualTo(N + named);
  }

  @Test
  void a_node_without_a_backend_is_refused() {
    assertThat(fault(N + "deregister", "true").key()).isEqualTo(N + "backend");
  }

  @ParameterizedTest
  @CsvSource({"N", "-n", "n_1", "n-"})
  void a_name_that_no_node_can_have_is_refused(String name) {
    assertThat(fault("interlink.nodes." + name + ".backend", "b").key())
        .isEqualTo("interlink.nodes." + name + ".backend");
  }

  @Test
  void a_key_without_a_name_is_none_of_a_node() {
    assertThat(fault("interlink.nodes.backend", "b").key()).isEqualTo("interlink.nodes.backend");
  }

  @Test
  void each_node_listens_on_a_port_of_its_own() {
    InvalidSettingException fault =
        fault("interlink.nodes.m.backend", "b", "interlink.nodes.n.backend", "b");
    assertThat(fault.key()).isEqualTo("interlink.nodes.n.kubelet.port");
    assertThat(fault).hasMessageContaining("node m");
  }

  @Test
  void any_number_of_nodes_listens_nowhere() throws Exception {
    assertThat(
            read(
                    "interlink.nodes.m.backend", "b",
                    "interlink.nodes.m.kubelet.port", "0",
                    "interlink.nodes.n.backend", "b",
                    "interlink.nodes.n.kubelet.port", "0")
                .nodes()
                .keySet())
        .extracting(NodeName::value)
        .containsExactly("m", "n");
  }

  @Test
  void a_node_has_defaults() throws Exception {
    Node node = node();
    assertThat(node.address()).isEmpty();
    assertThat(node.labels()).isEmpty();
    assertThat(node.taints())
        .containsExactly(new NodeTaint("virtual-node.interlink/no-schedule", "true", "NoSchedule"));
    assertThat(node.capacity()).isEmpty();
    assertThat(node.kubelet())
        .isEqualTo(
            new KubeletPort(
                "0.0.0.0", 10250, Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(node.apiServer()).isEmpty();
    assertThat(node.deregister()).isFalse();
  }

  @Test
  void all_of_a_node_is_read() throws Exception {
    Node node =
        node(
            "address", "192.0.2.7",
            "labels", "zone=x, example.org/gpu=,",
            "taints", "a=v:NoSchedule, example.org/b:NoExecute",
            "capacity.cpu", "1500m",
            "capacity.nvidia.com/gpu", "4",
            "capacity.memory", "1.5Ti",
            "kubelet.address", "127.0.0.1",
            "kubelet.port", "10251",
            "kubelet.certificate", "/c",
            "kubelet.key", "/k",
            "kubelet.client-ca", "/ca",
            "api-server", "api.example.org:6443",
            "deregister", "true");
    assertThat(node.address()).contains("192.0.2.7");
    assertThat(node.labels()).isEqualTo(Map.of("zone", "x", "example.org/gpu", ""));
    assertThat(node.taints())
        .containsExactly(
            new NodeTaint("a", "v", "NoSchedule"), new NodeTaint("example.org/b", "", "NoExecute"));
    assertThat(node.capacity())
        .isEqualTo(Map.of("cpu", "1500m", "nvidia.com/gpu", "4", "memory", "1.5Ti"));
    assertThat(node.kubelet())
        .isEqualTo(
            new KubeletPort(
                "127.0.0.1",
                10251,
                Optional.of(Path.of("/c")),
                Optional.of(Path.of("/k")),
                Optional.of(Path.of("/ca"))));
    assertThat(node.apiServer()).contains(new HostPort("api.example.org", 6443));
    assertThat(node.deregister()).isTrue();
  }

  @Test
  void a_node_may_be_open_to_every_pod() throws Exception {
    assertThat(node("taints", "none").taints()).isEqualTo(List.of());
  }

  @Test
  void the_brackets_of_an_ipv6_address_are_not_part_of_it() throws Exception {
    assertThat(node("api-server", "[2001:db8::1]:443").apiServer())
        .contains(new HostPort("2001:db8::1", 443));
  }

  @ParameterizedTest
  @CsvSource({"qps, 0", "qps, fast", "burst, 10001"})
  void a_bad_limit_is_named(String key, String value) {
    String whole = "interlink.kubernetes." + key;
    assertThat(fault(whole, value).key()).isEqualTo(whole);
  }

  @Test
  void how_to_reach_the_cluster_is_read() throws Exception {
    assertThat(read().kubernetes()).isEqualTo(new KubernetesSettings(Optional.empty(), 300, 600));
    assertThat(
            read(
                    "interlink.kubernetes.kubeconfig", "/etc/kubeconfig",
                    "interlink.kubernetes.qps", "5",
                    "interlink.kubernetes.burst", "10")
                .kubernetes())
        .isEqualTo(new KubernetesSettings(Optional.of(Path.of("/etc/kubeconfig")), 5, 10));
  }
}
