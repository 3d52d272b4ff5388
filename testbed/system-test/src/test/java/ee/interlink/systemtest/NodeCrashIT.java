package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.Pods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies with pods of the cluster half-way to their jobs. */
@Tag("testbed")
@Tag("any-scheduler")
@Tag("kubernetes")
@Order(32)
@Alone
class NodeCrashIT {
  private static final int PODS = 50;

  private final NodeSite site = NodeSite.in("crash");
  @TempDir Path folder;
  private KubeNamespace namespace;
  private List<String> uids = List.of();

  @BeforeEach
  void start() {
    site.start();
    namespace = site.kube().namespace("crash");
  }

  @AfterEach
  void end() {
    site.batch().cancelByName(uids);
    if (namespace != null) {
      namespace.close();
    }
    site.close();
  }

  @Test
  void killed_while_50_pods_are_on_their_way_each_of_them_becomes_one_job()
      throws IOException, InterruptedException {
    theServerIsWarm();
    Process apply = namespace.begin("apply", "-f", manifests().toString());
    waitFor("the first jobs in the queue")
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !site.batch().queued(readUids()).isEmpty());
    site.server().kill9();
    assertThat(apply.waitFor()).isZero();
    assertThat(readUids()).hasSize(PODS);
    int before = site.batch().queued(uids).size();
    System.out.println("FIGURE node-crash-jobs-in-queue-at-kill " + before);
    assertThat(before).as("killed in mid-submission").isBetween(1, PODS - 1);

    site.server().start();
    waitFor("all running").untilAsserted(() -> everyPodIs("Running"));
    site.gate().open(uids);
    waitFor("all ended").untilAsserted(() -> everyPodIs("Succeeded"));
    waitFor("one job each in accounting")
        .untilAsserted(
            () ->
                assertThat(site.batch().accounted(uids).stream().map(BatchJob::name))
                    .containsExactlyInAnyOrderElementsOf(uids));
  }

  /**
   * One pod goes the whole way and is gone. A server that has just started takes longer over its
   * first pod than kubectl over all 50, and would have all of them in the queue at one blow.
   */
  private void theServerIsWarm() {
    namespace.apply(site.gated("warm"));
    waitFor("the first pod runs")
        .untilAsserted(() -> assertThat(phasesByName()).containsExactly(entry("warm", "Running")));
    namespace.kubectl("delete", "pod", "warm").output();
  }

  private Path manifests() throws IOException {
    String all =
        IntStream.range(0, PODS)
            .mapToObj(i -> site.gated("p" + i).toString())
            .collect(Collectors.joining("\n---\n"));
    return Files.writeString(folder.resolve("pods.yaml"), all);
  }

  private List<String> readUids() {
    uids = namespace.pods().stream().map(Pods::uid).toList();
    return uids;
  }

  /** Those that are not in this phase yet, each with what its status says of it. */
  private void everyPodIs(String phase) {
    List<JsonNode> pods = namespace.pods();
    assertThat(pods).hasSize(PODS);
    assertThat(pods)
        .filteredOn(pod -> !pod.at("/status/phase").asText().equals(phase))
        .extracting(pod -> pod.at("/metadata/name").asText() + " " + pod.path("status").toString())
        .isEmpty();
  }

  private Map<String, String> phasesByName() {
    return namespace.pods().stream()
        .collect(
            Collectors.toMap(
                pod -> pod.at("/metadata/name").asText(), pod -> pod.at("/status/phase").asText()));
  }
}
