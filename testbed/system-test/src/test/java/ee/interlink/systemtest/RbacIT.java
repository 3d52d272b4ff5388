package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Kube;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.KubeletClient;
import ee.interlink.testbed.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that has the rights of {@code server-config/kubernetes/rbac.yaml} and no others. */
@Tag("testbed")
@Tag("kubernetes")
@Order(27)
@InTurn
class RbacIT {
  private static final String PATIENCE = "--timeout=90s";
  private static final String USER = "interlink";
  private final Kube kube = Kube.here();
  private NodeSite site;
  private KubeNamespace namespace;

  @BeforeEach
  void begin() {
    Path rights = Project.root().resolve("server-config/kubernetes/rbac.yaml");
    kube.kubectl("apply", "-f", rights.toString()).output();
    Path kubeconfig =
        kube.identities(SharedServer.home("rbac-user")).serviceAccountKubeconfig(USER, USER);
    site = NodeSite.in("rbac", properties -> restrict(properties, kubeconfig)).start();
    namespace = kube.namespace("rbac");
  }

  /** The ports' certificates are the cluster's to sign, too. */
  private static void restrict(Map<String, String> properties, Path kubeconfig) {
    properties.put("interlink.kubernetes.kubeconfig", kubeconfig.toString());
    properties.keySet().removeIf(key -> key.matches(".*\\.kubelet\\.(certificate|key)"));
  }

  @AfterEach
  void end() {
    if (namespace != null) {
      namespace.close();
    }
    if (site != null) {
      site.close();
    }
  }

  @Test
  void a_server_with_these_rights_alone_takes_a_pod_from_its_secret_to_its_end() {
    approveCertificate();
    namespace.kubectl("create", "secret", "generic", "s", "--from-literal=k=hush").output();
    namespace.kubectl("create", "configmap", "c", "--from-literal=k=open").output();
    namespace.apply(withAllThatIsRead());
    await("pod/reader", "condition=Ready");
    waitFor("the log, by the signed certificate")
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(namespace.log("reader").lines())
                    .containsExactly("hush open", "hush", "ca.crt", "namespace", "token"));
    assertThat(strangersStatus()).isEqualTo(403);
    waitFor("the events")
        .untilAsserted(
            () ->
                assertThat(namespace.events("reader").stream().map(e -> e.path("reason").asText()))
                    .contains("Submitted", "Started"));
    namespace.kubectl("delete", "pod", "reader", PATIENCE).output();

    site.server().stop();

    assertThat(kube.kubectl("get", "node", site.node()).exitCode()).isNotZero();
    assertThat(site.server().logText().lines())
        .noneMatch(line -> line.contains("orbidden") || line.contains("code 403"));
  }

  private ObjectNode withAllThatIsRead() {
    ObjectNode pod =
        site.pod(
            "reader",
            "echo $S $C; cat /v/k; echo; ls /var/run/secrets/kubernetes.io/serviceaccount;"
                + " exec sleep 600");
    NodePods.spec(pod).put("terminationGracePeriodSeconds", 2);
    NodePods.volume(pod, "v").putObject("secret").put("secretName", "s");
    ArrayNode bundles = NodePods.volume(pod, "t").putObject("projected").withArray("/sources");
    bundle(bundles, "a").put("name", "none");
    bundle(bundles, "b").put("signerName", "example.org/none").putObject("labelSelector");
    ArrayNode env = NodePods.main(pod).withArray("/env");
    NodePods.from(env, "S", "secretKeyRef").put("name", "s").put("key", "k");
    NodePods.from(env, "C", "configMapKeyRef").put("name", "c").put("key", "k");
    return pod;
  }

  private static ObjectNode bundle(ArrayNode sources, String path) {
    return sources
        .addObject()
        .putObject("clusterTrustBundle")
        .put("path", path)
        .put("optional", true);
  }

  private void approveCertificate() {
    String label = "interlink.ee/node=" + site.node();
    waitFor("a request for a certificate").until(() -> !requests(label).isEmpty());
    requests(label).forEach(name -> kube.kubectl("certificate", "approve", name).output());
  }

  private List<String> requests(String label) {
    return kube.kubectl("get", "certificatesigningrequests", "-l", label, "-o", "name")
        .output()
        .lines()
        .map(name -> name.replaceAll(".*/", ""))
        .toList();
  }

  /** What somebody of the cluster without a right to nodes gets at the kubelet's port. */
  private int strangersStatus() {
    String token = site.identities().token(namespace.name(), "default");
    return KubeletClient.withToken(kube, site.kubelet(), token).get("/pods").status();
  }

  private void await(String what, String condition) {
    namespace.kubectl("wait", "--for=" + condition, what, PATIENCE).output();
  }
}
