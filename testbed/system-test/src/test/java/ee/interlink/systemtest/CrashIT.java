package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.BatchSystem;
import ee.interlink.testbed.Gate;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The process dies; no pod is lost and none becomes two jobs. */
@Tag("testbed")
@Tag("any-scheduler")
@Order(30)
@Alone
class CrashIT {
  private static final int LIVE = 50;
  private static final int WHILE_DOWN = 10;

  private final Testbed testbed = Testbed.here();
  private final BatchSystem batch = testbed.batchSystem();
  private final Map<String, String> properties = testbed.backend();
  private final Gate gate = testbed.gate(properties, Testbed.BACKEND);
  private final ExecutorService posters = Executors.newFixedThreadPool(16);
  private final Map<String, JsonNode> pods = new LinkedHashMap<>();
  private final Map<String, Integer> exitCodes = new LinkedHashMap<>();
  private Server server;

  @BeforeEach
  void start() {
    Pods manifests = new Pods(testbed.image());
    for (int i = 0; i < LIVE; i++) {
      JsonNode pod = Gate.pod(manifests, i % 4);
      pods.put(Pods.uid(pod), pod);
      exitCodes.put(Pods.uid(pod), i % 4);
    }
    server = SharedServer.server("crash", properties).start();
  }

  @AfterEach
  void end() {
    posters.shutdownNow();
    server.close();
    batch.cancelByName(exitCodes.keySet());
  }

  @Test
  void killed_in_mid_submission_and_again_with_all_live_50_pods_are_50_jobs() {
    Set<String> acknowledged = postUntilKilled();
    int before = batch.queued(pods.keySet()).size();
    System.out.println("FIGURE crash-jobs-in-queue-at-kill " + before);
    assertThat(before).as("killed in mid-submission").isBetween(1, LIVE - 1);

    server.start();
    assertThat(acknowledged).allMatch(uid -> server.portal().get(uid).status() == 200);
    // As a client does that has not heard the end of its request.
    pods.values().forEach(pod -> server.portal().post(Testbed.BACKEND, pod));
    Waits.queued(batch, exitCodes.keySet(), LIVE);
    assertOneJobEach();
    waitFor("all running").until(() -> phases("Running") == LIVE);

    server.kill9();
    List<String> early = List.copyOf(exitCodes.keySet()).subList(0, WHILE_DOWN);
    gate.open(early);
    waitFor("their end without us").until(() -> batch.queued(early).isEmpty());

    server.start();
    waitFor("the ended ones").until(() -> early.stream().allMatch(this::rightEnd));
    assertThat(phases("Running")).isEqualTo(LIVE - WHILE_DOWN);
    gate.open(exitCodes.keySet().stream().filter(uid -> !early.contains(uid)).toList());
    waitFor("all ended as they should")
        .untilAsserted(() -> assertThat(exitCodes.keySet()).allMatch(this::rightEnd));
    assertOneJobEach();
  }

  /** The UIDs of those that were answered before the server died half-way. */
  private Set<String> postUntilKilled() {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    List<CompletableFuture<Void>> posts =
        pods.values().stream()
            .map(
                pod ->
                    CompletableFuture.runAsync(
                        () -> acknowledged.add(server.portal().create(Testbed.BACKEND, pod)),
                        posters))
            .toList();
    waitFor("the first jobs in the queue")
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !batch.queued(pods.keySet()).isEmpty());
    server.kill9();
    posts.forEach(post -> post.handle((done, failure) -> null).join());
    return acknowledged;
  }

  /** Accounting hears of a job a little after the queue does. */
  private void assertOneJobEach() {
    waitFor("one job each in accounting")
        .untilAsserted(
            () ->
                assertThat(batch.accounted(exitCodes.keySet()).stream().map(BatchJob::name))
                    .containsExactlyInAnyOrderElementsOf(exitCodes.keySet()));
  }

  private long phases(String phase) {
    long count = 0;
    for (JsonNode pod : server.portal().list("backend=" + Testbed.BACKEND).path("items")) {
      count += pod.at("/status/phase").asText().equals(phase) ? 1 : 0;
    }
    return count;
  }

  private boolean rightEnd(String uid) {
    int code = exitCodes.get(uid);
    PodState state = PodState.ofPod(server.portal().pod(uid));
    assertThat(state.exitCode().orElse(code)).as(uid).isEqualTo(code);
    return state.phase().equals(code == 0 ? "Succeeded" : "Failed");
  }
}
