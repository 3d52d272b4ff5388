package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ee.interlink.configuration.HostPort;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The variables by which a container finds services. */
class ServiceLinksTest {
  private static final ServicePort HTTPS = port("https", 443, "TCP");

  private final FakeCluster cluster =
      new FakeCluster().service("default", "kubernetes", "10.96.0.1", HTTPS);

  private static ServicePort port(String name, int port, String protocol) {
    return new ServicePortBuilder().withName(name).withPort(port).withProtocol(protocol).build();
  }

  private Map<String, String> variables(String namespace, boolean links, HostPort apiServer)
      throws Exception {
    return ServiceEnvironment.of(
        new PodObjects(cluster, namespace), links, Optional.ofNullable(apiServer));
  }

  @Test
  void the_api_server_is_always_told() throws Exception {
    assertThat(variables("ns", false, null))
        .containsOnly(
            entry("KUBERNETES_SERVICE_HOST", "10.96.0.1"),
            entry("KUBERNETES_SERVICE_PORT", "443"),
            entry("KUBERNETES_SERVICE_PORT_HTTPS", "443"),
            entry("KUBERNETES_PORT", "tcp://10.96.0.1:443"),
            entry("KUBERNETES_PORT_443_TCP", "tcp://10.96.0.1:443"),
            entry("KUBERNETES_PORT_443_TCP_PROTO", "tcp"),
            entry("KUBERNETES_PORT_443_TCP_PORT", "443"),
            entry("KUBERNETES_PORT_443_TCP_ADDR", "10.96.0.1"));
  }

  @Test
  void the_nodes_own_address_of_the_api_server_counts() throws Exception {
    assertThat(variables("ns", false, new HostPort("api.example.org", 6443)))
        .containsOnly(
            entry("KUBERNETES_SERVICE_HOST", "api.example.org"),
            entry("KUBERNETES_SERVICE_PORT", "6443"),
            entry("KUBERNETES_SERVICE_PORT_HTTPS", "6443"),
            entry("KUBERNETES_PORT", "tcp://api.example.org:6443"),
            entry("KUBERNETES_PORT_6443_TCP", "tcp://api.example.org:6443"),
            entry("KUBERNETES_PORT_6443_TCP_PROTO", "tcp"),
            entry("KUBERNETES_PORT_6443_TCP_PORT", "6443"),
            entry("KUBERNETES_PORT_6443_TCP_ADDR", "api.example.org"));
    assertThat(cluster.asked).isEmpty();
    assertThat(variables("default", true, new HostPort("api.example.org", 6443)))
        .containsEntry("KUBERNETES_SERVICE_HOST", "api.example.org")
        .doesNotContainValue("10.96.0.1");
  }

  @Test
  void services_of_the_namespace_are_told_if_the_pod_wants_them() throws Exception {
    cluster
        .service("ns", "data-base.v1", "10.96.0.9", port(null, 5432, null), port("m-x", 9, "UDP"))
        .service("ns", "1st", "fd00::1", port("web", 80, "TCP"))
        .service("elsewhere", "hidden", "10.96.0.10", HTTPS)
        .service("default", "hidden", "10.96.0.11", HTTPS);
    Map<String, String> variables = variables("ns", true, null);
    variables.keySet().removeIf(name -> name.startsWith("KUBERNETES_"));
    assertThat(variables)
        .containsOnly(
            entry("DATA_BASE_V1_SERVICE_HOST", "10.96.0.9"),
            entry("DATA_BASE_V1_SERVICE_PORT", "5432"),
            entry("DATA_BASE_V1_SERVICE_PORT_M_X", "9"),
            entry("DATA_BASE_V1_PORT", "tcp://10.96.0.9:5432"),
            entry("DATA_BASE_V1_PORT_5432_TCP", "tcp://10.96.0.9:5432"),
            entry("DATA_BASE_V1_PORT_5432_TCP_PROTO", "tcp"),
            entry("DATA_BASE_V1_PORT_5432_TCP_PORT", "5432"),
            entry("DATA_BASE_V1_PORT_5432_TCP_ADDR", "10.96.0.9"),
            entry("DATA_BASE_V1_PORT_9_UDP", "udp://10.96.0.9:9"),
            entry("DATA_BASE_V1_PORT_9_UDP_PROTO", "udp"),
            entry("DATA_BASE_V1_PORT_9_UDP_PORT", "9"),
            entry("DATA_BASE_V1_PORT_9_UDP_ADDR", "10.96.0.9"),
            entry("_1ST_SERVICE_HOST", "fd00::1"),
            entry("_1ST_SERVICE_PORT", "80"),
            entry("_1ST_SERVICE_PORT_WEB", "80"),
            entry("_1ST_PORT", "tcp://[fd00::1]:80"),
            entry("_1ST_PORT_80_TCP", "tcp://[fd00::1]:80"),
            entry("_1ST_PORT_80_TCP_PROTO", "tcp"),
            entry("_1ST_PORT_80_TCP_PORT", "80"),
            entry("_1ST_PORT_80_TCP_ADDR", "fd00::1"));
    assertThat(variables("ns", false, null).keySet())
        .allMatch(name -> name.startsWith("KUBERNETES_"));
  }

  @Test
  void a_service_without_an_address_is_not_told() throws Exception {
    Map<String, String> before = variables("ns", true, null);
    cluster
        .service("ns", "headless", "None", HTTPS)
        .service("ns", "external", null)
        .service("ns", "pending", "", HTTPS);
    assertThat(variables("ns", true, null)).isEqualTo(before);
  }

  @Test
  void the_api_servers_own_service_is_not_another_of_its_name() throws Exception {
    cluster.service("ns", "kubernetes", "10.96.0.66", HTTPS);
    assertThat(variables("ns", true, null)).containsEntry("KUBERNETES_SERVICE_HOST", "10.96.0.1");
  }

  @Test
  void variables_see_services_but_replace_them() throws Exception {
    cluster.service("ns", "db", "10.96.0.9", port(null, 5432, null));
    var resolved =
        new Resolving(cluster)
            .resolve(
                Resolving.pod(
                    "'containers':[{'name':'main','command':['$(DB_SERVICE_HOST)'],'env':["
                        + "{'name':'URL','value':'$(DB_SERVICE_HOST):$(DB_SERVICE_PORT)'},"
                        + "{'name':'DB_SERVICE_HOST','value':'mine'},"
                        + "{'name':'AGAIN','value':'$(DB_SERVICE_HOST)'}]}]"))
            .pod()
            .getSpec()
            .getContainers()
            .get(0);
    assertThat(Resolving.variables(resolved))
        .containsEntry("URL", "10.96.0.9:5432")
        .containsEntry("DB_SERVICE_HOST", "mine")
        .containsEntry("AGAIN", "mine")
        .containsEntry("DB_SERVICE_PORT", "5432")
        .containsEntry("KUBERNETES_SERVICE_HOST", "api.example.org");
    assertThat(resolved.getCommand()).containsExactly("mine");
  }
}
