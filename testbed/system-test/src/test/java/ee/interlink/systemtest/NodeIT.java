package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.Gate;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.Pods;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What kubectl says of a node of ours and of its pods. */
@Tag("testbed")
@Tag("any-scheduler")
@Tag("kubernetes")
@Order(21)
@SideBySide
@ExtendWith(NodeSite.Shared.class)
class NodeIT {
  private static final String PATIENCE = "--timeout=90s";
  private KubeNamespace namespace;

  @BeforeEach
  void begin(NodeSite site) {
    namespace = site.kube().namespace("node");
  }

  @AfterEach
  void end() {
    namespace.close();
  }

  @Test
  void the_node_is_ready_with_all_the_cpus_that_its_jobs_can_have(NodeSite site) {
    JsonNode node = site.kube().json("get", "node", site.node());
    assertThat(site.kube().kubectl("get", "node", site.node(), "--no-headers").output())
        .containsPattern("^\\S+\\s+Ready\\s");
    assertThat(node.at("/status/capacity/cpu").asInt()).isEqualTo(site.batch().cpus());
    assertThat(node.at("/status/allocatable/memory").asText()).isNotEqualTo("0");
    assertThat(node.at("/spec/taints/0/key").asText())
        .isEqualTo("virtual-node.interlink/no-schedule");
  }

  @Test
  void the_node_bears_labels_of_the_machines_that_its_backend_has(NodeSite site) {
    String prefix = site.batch().settings().get("driver") + ".interlink.ee/";
    waitFor("the labels")
        .untilAsserted(
            () ->
                assertThat(
                        site.kube()
                            .json("get", "node", site.node())
                            .at("/metadata/labels")
                            .fieldNames())
                    .toIterable()
                    .anyMatch(key -> key.startsWith(prefix)));
  }

  @Test
  void a_bare_pod_is_one_job_that_bears_its_uid(NodeSite site) {
    namespace.apply(site.pod("bare", "id -un; hostname"));
    await("pod/bare", "jsonpath={.status.phase}=Succeeded");
    assertThat(namespace.log("bare")).startsWith("alice\n");
    assertOneJob(site, namespace.uid("bare"));
  }

  @Test
  void a_pod_that_fails_has_its_exit_code(NodeSite site) {
    namespace.apply(site.pod("failing", "exit 7"));
    await("pod/failing", "jsonpath={.status.phase}=Failed");
    assertThat(namespace.pod("failing").at("/status/containerStatuses/0/state/terminated/exitCode"))
        .hasToString("7");
  }

  @Test
  void a_kubernetes_job_completes(NodeSite site) {
    namespace.apply(NodePods.job("sum", site.pod("sum", "echo $((40 + 2))")));
    await("job/sum", "condition=complete");
    assertThat(namespace.kubectl("logs", "job/sum").output()).isEqualTo("42\n");
    assertOneJob(site, Pods.uid(namespace.pods("-l", "app=sum").get(0)));
  }

  @Test
  void a_deployment_keeps_two_replicas_and_takes_their_jobs_away_with_it(NodeSite site) {
    namespace.apply(NodePods.deployment("pair", 2, site.gated("pair")));
    namespace.kubectl("rollout", "status", "deployment/pair", PATIENCE).output();
    List<String> first = uids("pair");
    assertThat(first).hasSize(2).allMatch(uid -> Waits.live(site.batch(), uid));

    String lost = namespace.pods("-l", "app=pair").get(0).at("/metadata/name").asText();
    namespace.kubectl("delete", "pod", lost, PATIENCE).output();
    namespace.kubectl("rollout", "status", "deployment/pair", PATIENCE).output();
    List<String> second = uids("pair");
    assertThat(second).hasSize(2).isNotEqualTo(first);

    namespace.kubectl("delete", "deployment", "pair", "--cascade=foreground", PATIENCE).output();
    waitFor("the end of all its jobs")
        .until(() -> second.stream().noneMatch(uid -> Waits.live(site.batch(), uid)));
  }

  @Test
  void a_pods_story_is_told_by_its_events(NodeSite site) {
    namespace.apply(site.pod("told", "true"));
    await("pod/told", "jsonpath={.status.phase}=Succeeded");
    waitFor("the events")
        .untilAsserted(
            () ->
                assertThat(namespace.events("told").stream().map(e -> e.path("reason").asText()))
                    .contains("Scheduled", "Submitted", "Started"));
    assertThat(namespace.kubectl("describe", "pod", "told").output())
        .contains("Scheduled", "Submitted", "Started", site.node());
  }

  @Test
  void a_deleted_pod_is_gone_when_its_job_is(NodeSite site) {
    namespace.apply(site.gated("short"));
    await("pod/short", "condition=Ready");
    String uid = namespace.uid("short");
    namespace.kubectl("delete", "pod", "short", PATIENCE).output();
    assertThat(Waits.live(site.batch(), uid)).isFalse();
  }

  @Test
  void a_deadline_that_is_set_on_a_running_pod_ends_it(NodeSite site) {
    namespace.apply(site.gated("late"));
    await("pod/late", "condition=Ready");
    String uid = namespace.uid("late");
    namespace
        .kubectl("patch", "pod", "late", "--patch={\"spec\":{\"activeDeadlineSeconds\":1}}")
        .output();
    await("pod/late", "jsonpath={.status.reason}=DeadlineExceeded");
    assertThat(namespace.pod("late").at("/status/phase").asText()).isEqualTo("Failed");
    waitFor("the end of its job").until(() -> !Waits.live(site.batch(), uid));
    assertThat(namespace.events("late").stream().map(e -> e.path("reason").asText()))
        .contains("DeadlineExceeded", "Killing");
  }

  @Test
  void a_pod_whose_image_no_registry_can_have_has_no_job_before_that_is_changed(NodeSite site) {
    ObjectNode pod = site.pod("nameless", "true");
    String image = NodePods.main(pod).path("image").asText();
    String container = NodePods.main(pod).path("name").asText();
    NodePods.main(pod).put("image", "No Name");
    namespace.apply(pod);
    await(
        "pod/nameless",
        "jsonpath={.status.containerStatuses[0].state.waiting.reason}=InvalidImageName");
    assertThat(namespace.pod("nameless").at("/metadata/annotations/JobID").isMissingNode())
        .isTrue();
    namespace.kubectl("set", "image", "pod/nameless", container + "=" + image).output();
    await("pod/nameless", "jsonpath={.status.phase}=Succeeded");
    assertOneJob(site, namespace.uid("nameless"));
  }

  @Test
  void a_drained_node_has_no_job_left(NodeSite site) {
    ObjectNode pod =
        NodePods.bound("drained", Gate.pod(new Pods(site.testbed().image()), 0), site.spare());
    namespace.apply(pod);
    await("pod/drained", "condition=Ready");
    String uid = namespace.uid("drained");
    site.kube()
        .kubectl(
            "drain",
            site.spare(),
            "--ignore-daemonsets",
            "--force",
            "--delete-emptydir-data",
            PATIENCE)
        .output();
    assertThat(Waits.live(site.batch(), uid)).isFalse();
    assertThat(namespace.pods()).isEmpty();
    site.kube().kubectl("uncordon", site.spare()).output();
  }

  private void await(String what, String condition) {
    namespace.kubectl("wait", "--for=" + condition, what, PATIENCE).output();
  }

  private List<String> uids(String app) {
    return namespace.pods("-l", "app=" + app).stream().map(Pods::uid).toList();
  }

  /** Accounting hears of a job a little after the queue does. */
  private static void assertOneJob(NodeSite site, String uid) {
    waitFor("one job in accounting")
        .untilAsserted(
            () ->
                assertThat(site.batch().accounted(uid).stream().map(BatchJob::name))
                    .containsExactly(uid));
  }
}
