package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What breaks others: each of these leaves a pod without its job, or a job without its pod. */
@Tag("testbed")
@Tag("kubernetes")
@Order(45)
@Alone
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeFaultsIT {
  private static final Duration OUTAGE = Duration.ofMinutes(1);
  private static final int CREATES = 500;
  private static final int CONNECTIONS = 10;

  private final NodeSite site = NodeSite.in("faults");
  private final Shadows shadows = new Shadows(site.testbed());
  private KubeNamespace namespace;

  @BeforeAll
  void start() {
    site.start();
  }

  @AfterAll
  void stop() {
    site.close();
  }

  @BeforeEach
  void begin() {
    namespace = site.kube().namespace("faults");
  }

  @AfterEach
  void end() {
    site.testbed().as("root", "tb-svc", "start", "slurmctld").output();
    shadows.close();
    namespace.close();
  }

  @Test
  void killed_between_sbatch_and_its_answer_a_pod_has_one_job_and_is_no_failure() {
    shadows.put("sbatch", "/usr/bin/sbatch \"$@\"; status=$?; sleep 60; exit $status");
    namespace.apply(site.gated("cut"));
    String uid = namespace.uid("cut");
    waitFor("the job").until(() -> Waits.live(site.batch(), uid));
    assertThat(namespace.pod("cut").at("/metadata/annotations/JobID").isMissingNode())
        .as("the answer is still to come")
        .isTrue();
    site.server().kill9();
    shadows.close();

    site.server().start();
    awaitPhase("cut", "Running");
    site.gate().open(uid);
    awaitPhase("cut", "Succeeded");
    assertOneJobEach(List.of(uid));
  }

  @Test
  void a_pod_deleted_while_the_backend_is_away_goes_when_its_job_has_gone() {
    namespace.apply(site.gated("orphan"));
    awaitPhase("orphan", "Running");
    String uid = namespace.uid("orphan");

    site.testbed().as("root", "tb-svc", "stop", "slurmctld").output();
    namespace.kubectl("delete", "pod", "orphan", "--wait=false", "--grace-period=1").output();
    waitFor("the backend's outage on the node")
        .until(() -> condition("BackendReachable").at("/status").asText().equals("False"));
    assertThat(condition("Ready").at("/status").asText()).isEqualTo("True");
    assertThat(condition("BackendReachable").at("/message").asText())
        .startsWith("backend " + Testbed.BACKEND + " is out");

    site.testbed().as("root", "tb-svc", "start", "slurmctld").output();
    namespace.kubectl("wait", "--for=delete", "pod/orphan", "--timeout=90s").output();
    assertThat(Waits.live(site.batch(), uid)).isFalse();
  }

  @Test
  void a_pod_made_while_slurmctld_is_down_for_a_minute_runs_afterwards() {
    site.testbed().as("root", "tb-svc", "stop", "slurmctld").output();
    namespace.apply(site.pod("early", "echo at last"));
    await("the outage")
        .during(OUTAGE)
        .atMost(OUTAGE.plusSeconds(20))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> namespace.phase("early").equals("Pending"));
    assertThat(namespace.pod("early").at("/status/containerStatuses/0/state/waiting/reason"))
        .hasToString("\"BackendUnavailable\"");
    site.testbed().as("root", "tb-svc", "start", "slurmctld").output();

    awaitPhase("early", "Succeeded");
    assertThat(namespace.log("early")).isEqualTo("at last\n");
    assertOneJobEach(List.of(namespace.uid("early")));
  }

  @Test
  void a_pending_job_cancelled_by_hand_makes_its_pod_failed() {
    namespace.apply(site.gated("waiting"));
    String uid = namespace.uid("waiting");
    // Held before it can start: a job that has started is another story.
    shadows.put("sbatch", "exec /usr/bin/sbatch --hold \"$@\"");
    namespace.apply(site.gated("held"));
    String held = namespace.uid("held");
    waitFor("its job").until(() -> oneWaiting(held) && !jobOf("held").isEmpty());

    site.batch().cancelByName(held);

    awaitPhase("held", "Failed");
    assertThat(namespace.pod("held").at("/status/containerStatuses/0/state/terminated/reason"))
        .hasToString("\"Cancelled\"");
    assertThat(namespace.phase("waiting")).isNotEqualTo("Failed");
    site.gate().open(uid);
  }

  @Test
  void of_500_pods_made_over_10_connections_none_is_lost_and_none_has_two_jobs(@TempDir Path folder)
      throws IOException, InterruptedException {
    shadows.put("sbatch", "exec /usr/bin/sbatch --hold \"$@\"");
    List<Process> connections = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      List<String> pods = new ArrayList<>();
      for (int i = 0; i < CREATES / CONNECTIONS; i++) {
        ObjectNode pod = site.pod("p" + c + "-" + i, "true");
        NodePods.main(pod).remove("resources"); // the scheduler of the cluster counts what is asked
        pods.add(pod.toString());
      }
      Path manifests = folder.resolve(c + ".yaml");
      Files.writeString(manifests, String.join("\n---\n", pods));
      connections.add(namespace.begin("create", "-f", manifests.toString()));
    }
    for (Process connection : connections) {
      assertThat(connection.waitFor()).isZero();
    }
    List<String> uids = namespace.pods().stream().map(Pods::uid).toList();
    assertThat(uids).hasSize(CREATES);
    waitFor("all in the queue")
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(site.batch().queued(uids).stream().map(BatchJob::name))
                    .containsExactlyInAnyOrderElementsOf(uids));
    site.batch().cancelByName(uids);
  }

  private boolean oneWaiting(String uid) {
    List<BatchJob> jobs = site.batch().queued(uid);
    return jobs.size() == 1 && jobs.get(0).waiting();
  }

  private String jobOf(String pod) {
    return namespace.pod(pod).at("/metadata/annotations/JobID").asText();
  }

  private JsonNode condition(String type) {
    for (JsonNode each : site.kube().json("get", "node", site.node()).at("/status/conditions")) {
      if (each.path("type").asText().equals(type)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  private void awaitPhase(String pod, String phase) {
    waitFor(pod + " " + phase).until(() -> namespace.phase(pod), phase::equals);
  }

  /** Accounting hears of a job a little after the queue does. */
  private void assertOneJobEach(List<String> uids) {
    waitFor("one job each in accounting")
        .untilAsserted(
            () ->
                assertThat(site.batch().accounted(uids).stream().map(BatchJob::name))
                    .containsExactlyInAnyOrderElementsOf(uids));
  }
}
