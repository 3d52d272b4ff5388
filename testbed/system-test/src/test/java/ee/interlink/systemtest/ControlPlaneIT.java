package ee.interlink.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.testbed.ApiServer;
import ee.interlink.testbed.Identities;
import ee.interlink.testbed.Kube;
import ee.interlink.testbed.KubeNamespace;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests of nodes rely on: the control plane itself, without a node. */
@Tag("testbed")
@Tag("kubernetes")
@Order(42)
@Alone
class ControlPlaneIT {
  private final Kube kube = Kube.here();
  @TempDir Path folder;

  @Test
  void a_service_account_may_do_what_it_was_given_and_nothing_else() {
    try (KubeNamespace namespace = kube.namespace("control-plane")) {
      namespace.kubectl("create", "serviceaccount", "reader").output();
      namespace
          .kubectl("create", "role", "reader", "--verb=get,list", "--resource=configmaps")
          .output();
      String subject = "--serviceaccount=" + namespace.name() + ":reader";
      namespace.kubectl("create", "rolebinding", "reader", "--role=reader", subject).output();

      Identities identities = kube.identities(folder);
      Kube reader = kube.as(identities.serviceAccountKubeconfig(namespace.name(), "reader"));
      assertThat(reader.kubectl("get", "configmaps").exitCode()).isZero();
      assertThat(reader.kubectl("get", "secrets").err()).contains("Forbidden");
    }
  }

  @Test
  void a_nodes_own_identity_is_that_node() {
    Kube node = kube.as(kube.identities(folder).nodeKubeconfig("somewhere"));
    assertThat(node.kubectl("auth", "whoami").output())
        .contains("system:node:somewhere", "system:nodes");
  }

  @Test
  void the_api_server_stops_and_comes_back_with_all_it_had() {
    ApiServer server = kube.apiServer();
    try (KubeNamespace namespace = kube.namespace("control-plane")) {
      server.stop();
      try {
        assertThat(kube.kubectl("get", "--raw", "/readyz").exitCode()).isNotZero();
      } finally {
        server.start();
      }
      assertThat(namespace.kubectl("get", "serviceaccount", "default").exitCode()).isZero();
    }
  }

  @Test
  void its_requests_are_counted_by_verb_and_resource() {
    ApiServer server = kube.apiServer();
    long before = server.requests("GET", "namespaces");
    kube.kubectl("get", "namespace", "default").output();
    assertThat(server.requests("GET", "namespaces")).isGreaterThan(before);
  }
}
