package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.KubeNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a running pod sees of changes in the cluster. */
@Tag("testbed")
@Tag("kubernetes")
@Order(1)
@SideBySide
class LiveVolumesIT {
  private final NodeSite site = NodeSite.in("volumes");
  private KubeNamespace namespace;

  @BeforeEach
  void begin() {
    site.start();
    namespace = site.kube().namespace("volumes");
  }

  @AfterEach
  void end() {
    if (namespace != null) {
      namespace.close();
    }
    site.close();
  }

  @Test
  void a_running_pod_sees_what_changes_in_the_cluster_also_while_the_server_was_down() {
    namespace.kubectl("create", "configmap", "settings", "--from-literal=k=one").output();
    namespace.apply(watching());
    awaitLine("conf one late told tier=\"first\" alone one");

    namespace
        .kubectl("patch", "configmap", "settings", "--patch={\"data\":{\"k\":\"two\"}}")
        .output();
    awaitLine("conf two late told tier=\"first\" alone one");

    namespace.kubectl("create", "secret", "generic", "late", "--from-literal=key=hush").output();
    awaitLine("conf two late hush told tier=\"first\" alone one");

    namespace.kubectl("label", "pod", "watching", "tier=second", "--overwrite").output();
    awaitLine("conf two late hush told tier=\"second\" alone one");

    namespace.kubectl("delete", "secret", "late").output();
    awaitLine("conf two late told tier=\"second\" alone one");

    site.server().kill9();
    namespace
        .kubectl("patch", "configmap", "settings", "--patch={\"data\":{\"k\":\"three\"}}")
        .output();
    site.server().start();
    awaitLine("conf three late told tier=\"second\" alone one");
    assertThat(namespace.log("watching")).doesNotContain("No such file");
  }

  /** Prints what its volumes show whenever that is something else. */
  private ObjectNode watching() {
    ObjectNode pod =
        site.pod(
            "watching",
            "last=; while :; do"
                + " now=\"conf $(cat /conf/k) late $(cat /late/* 2>/dev/null) told $(cat /told/l)\";"
                + " now=$(echo $now alone $(cat /alone));"
                + " [ \"$now\" = \"$last\" ] || echo \"$now\"; last=$now; sleep 0.2; done");
    ((ObjectNode) pod.get("metadata")).putObject("labels").put("tier", "first");
    NodePods.spec(pod).put("terminationGracePeriodSeconds", 1);
    NodePods.volume(pod, "conf").putObject("configMap").put("name", "settings");
    NodePods.mounts(pod)
        .addObject()
        .put("name", "conf")
        .put("mountPath", "/alone")
        .put("subPath", "k");
    NodePods.volume(pod, "late")
        .putObject("secret")
        .put("secretName", "late")
        .put("optional", true);
    ArrayNode sources = NodePods.volume(pod, "told").putObject("projected").putArray("sources");
    ObjectNode item = sources.addObject().putObject("downwardAPI").putArray("items").addObject();
    item.put("path", "l").putObject("fieldRef").put("fieldPath", "metadata.labels");
    return pod;
  }

  private void awaitLine(String line) {
    waitFor(line)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(namespace.log("watching").lines().toList()).last().isEqualTo(line));
  }
}
