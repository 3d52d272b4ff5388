package ee.interlink.systemtest;

import static ee.interlink.systemtest.NodeSite.IMAGES;
import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.KubeNamespace;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PersistentVolumeClaims that stand for paths of the site's machines. */
@Tag("testbed")
@Tag("any-scheduler")
@Tag("kubernetes")
@Order(22)
@SideBySide
@ExtendWith(NodeSite.Shared.class)
class ClaimedPathsIT {
  private final String volume = "it-" + UUID.randomUUID().toString().substring(0, 8);
  private KubeNamespace namespace;

  @BeforeEach
  void begin(NodeSite site) {
    namespace = site.kube().namespace("claims");
  }

  @AfterEach
  void end(NodeSite site) {
    namespace.close();
    site.kube().kubectl("delete", "pv", volume, "--ignore-not-found", "--wait=false").output();
  }

  @Test
  void a_claim_whose_volume_names_a_path_of_the_site_is_that_path_and_read_only_if_it_says_so(
      NodeSite site) {
    persistentVolume(site, IMAGES);
    ObjectNode pod = site.pod("claiming", "ls /data; touch /data/x || echo refused");
    NodePods.volume(pod, "data")
        .putObject("persistentVolumeClaim")
        .put("claimName", "data")
        .put("readOnly", true);
    ((ObjectNode) NodePods.mounts(pod).get(0)).remove("readOnly");
    namespace.apply(pod);
    namespace.apply(claim());
    waitFor("the end").until(() -> namespace.phase("claiming").equals("Succeeded"));
    assertThat(namespace.log("claiming")).contains("busybox.sif").contains("refused");
  }

  @Test
  void a_claim_whose_path_the_backend_does_not_list_is_refused_by_name(NodeSite site) {
    persistentVolume(site, "/etc");
    namespace.apply(claim());
    ObjectNode pod = site.pod("claiming", "ls /data");
    NodePods.volume(pod, "data").putObject("persistentVolumeClaim").put("claimName", "data");
    namespace.apply(pod);
    waitFor("the reason why it waits")
        .untilAsserted(
            () -> {
              JsonNode waiting =
                  namespace.pod("claiming").at("/status/containerStatuses/0/state/waiting");
              assertThat(waiting.path("reason").asText()).isEqualTo("Unsupported");
              assertThat(waiting.path("message").asText())
                  .startsWith("spec.volumes[0].persistentVolumeClaim is not below ")
                  .endsWith("/etc");
            });
  }

  private void persistentVolume(NodeSite site, String path) {
    ObjectNode object = NodePods.object("v1", "PersistentVolume", volume);
    ObjectNode spec = object.putObject("spec").put("storageClassName", "");
    spec.putObject("capacity").put("storage", "1Gi");
    spec.putArray("accessModes").add("ReadOnlyMany");
    spec.putObject("hostPath").put("path", path);
    spec.putObject("claimRef").put("name", "data").put("namespace", namespace.name());
    site.kube().apply(object.toString());
  }

  private ObjectNode claim() {
    ObjectNode object = NodePods.object("v1", "PersistentVolumeClaim", "data");
    ObjectNode spec = object.putObject("spec");
    spec.put("storageClassName", "").put("volumeName", volume);
    spec.putArray("accessModes").add("ReadOnlyMany");
    spec.putObject("resources").putObject("requests").put("storage", "1Gi");
    return object;
  }
}
