package ee.interlink.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.testbed.Identities;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.KubeletClient;
import ee.interlink.testbed.Reply;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node's own port tells nobody anything who may not know it. */
@Tag("testbed")
@Tag("kubernetes")
@Order(23)
@SideBySide
@ExtendWith(NodeSite.Shared.class)
class KubeletPortIT {
  private static final String SECRET = "not for everybody";
  private KubeNamespace namespace;
  private List<String> paths;

  @BeforeEach
  void aPodWithALog(NodeSite site) {
    namespace = site.kube().namespace("port");
    namespace.apply(site.pod("quiet", "echo " + SECRET));
    namespace
        .kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/quiet", "--timeout=90s")
        .output();
    String pod = namespace.name() + "/quiet";
    paths =
        List.of(
            "/containerLogs/" + pod + "/main",
            "/exec/" + pod + "/main?command=id&output=1",
            "/attach/" + pod + "/main?output=1",
            "/portForward/" + pod,
            "/pods",
            "/runningpods/",
            "/metrics",
            "/stats/summary",
            "/configz",
            "/logs/",
            "/no/such/path");
  }

  @AfterEach
  void end() {
    namespace.close();
    for (String kind : List.of("clusterrole", "clusterrolebinding")) {
      namespace.kubectl("delete", kind, namespace.name(), "--ignore-not-found").output();
    }
  }

  @Test
  void who_does_not_say_who_they_are_gets_401_and_nothing_else(NodeSite site) {
    refused(KubeletClient.anonymous(site.kube(), site.kubelet()), 401);
  }

  @Test
  void a_token_that_nobody_has_issued_gets_401(NodeSite site) {
    refused(KubeletClient.withToken(site.kube(), site.kubelet(), "eyJhbGciOiJub25lIn0.e30."), 401);
  }

  @Test
  void a_certificate_of_another_ca_is_nobodys_whatever_name_it_bears(NodeSite site) {
    Identities.KeyPair strangers = site.identities().strangersKubeletClient();
    KubeletClient client = KubeletClient.withCertificate(site.kube(), site.kubelet(), strangers);
    for (String path : paths) {
      // A refused handshake is as good as a 401.
      answer(client, path).ifPresent(status -> assertThat(status).as(path).isEqualTo(401));
    }
  }

  @Test
  void a_user_of_the_cluster_without_a_right_to_nodes_gets_403(NodeSite site) {
    refused(
        KubeletClient.withCertificate(
            site.kube(), site.kubelet(), site.identities().client("somebody", "some-group")),
        403);
    String token = site.identities().token(namespace.name(), "default");
    refused(KubeletClient.withToken(site.kube(), site.kubelet(), token), 403);
  }

  @Test
  void another_node_is_nobody_special(NodeSite site) {
    refused(
        KubeletClient.withCertificate(
            site.kube(),
            site.kubelet(),
            site.identities().client("system:node:another", "system:nodes")),
        403);
  }

  @Test
  void the_api_servers_certificate_reads_logs(NodeSite site) {
    KubeletClient client =
        KubeletClient.withCertificate(
            site.kube(), site.kubelet(), site.identities().kubeletClient());
    assertThat(client.get(paths.get(0)).expect(200).text()).isEqualTo(SECRET + "\n");
  }

  @Test
  void a_service_account_that_may_get_nodes_proxy_reads_logs_and_runs_nothing(NodeSite site) {
    namespace.kubectl("create", "serviceaccount", "reader").output();
    namespace
        .kubectl("create", "clusterrole", namespace.name(), "--verb=get", "--resource=nodes/proxy")
        .output();
    namespace
        .kubectl(
            "create",
            "clusterrolebinding",
            namespace.name(),
            "--clusterrole=" + namespace.name(),
            "--serviceaccount=" + namespace.name() + ":reader")
        .output();
    String token = site.identities().token(namespace.name(), "reader");
    KubeletClient client = KubeletClient.withToken(site.kube(), site.kubelet(), token);
    assertThat(client.get(paths.get(0)).expect(200).text()).isEqualTo(SECRET + "\n");
    assertThat(client.send("POST", paths.get(1)).status()).isEqualTo(403);
  }

  @Test
  void a_path_that_climbs_is_no_way_to_another_file(NodeSite site) {
    KubeletClient client =
        KubeletClient.withCertificate(
            site.kube(), site.kubelet(), site.identities().kubeletClient());
    for (String name : List.of("..%2F..%2F..%2Fetc%2Fpasswd", "%2e%2e", "main%00", "none")) {
      Reply reply = client.get("/containerLogs/" + namespace.name() + "/quiet/" + name);
      assertThat(reply.status()).as(name).isBetween(400, 404);
      assertThat(reply.text()).doesNotContain("root:").doesNotContain(SECRET);
    }
  }

  private void refused(KubeletClient client, int status) {
    for (String path : paths) {
      for (String method : List.of("GET", "POST")) {
        Reply reply = client.send(method, path);
        assertThat(reply.status()).as(method + " " + path).isEqualTo(status);
        assertThat(reply.text()).doesNotContain(SECRET).doesNotContain("quiet");
      }
    }
  }

  private static OptionalInt answer(KubeletClient client, String path) {
    try {
      return OptionalInt.of(client.get(path).status());
    } catch (UncheckedIOException e) {
      return OptionalInt.empty();
    }
  }
}
