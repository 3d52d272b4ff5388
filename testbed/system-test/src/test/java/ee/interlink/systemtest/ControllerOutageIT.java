package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.Gate;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Slurm;
import ee.interlink.testbed.Testbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A backend's outage is not a pod's failure. */
@Tag("testbed")
@Order(43)
@Alone
class ControllerOutageIT {
  private static final Duration OUTAGE = Duration.ofMinutes(1);

  private final Testbed testbed = Testbed.here();
  private final Slurm slurm = testbed.slurm();
  private final Map<String, String> properties =
      testbed.slurmBackend("slurm", Testbed.USER, "normal");
  private final Pods pods = new Pods(testbed.image());
  private final List<String> uids = new ArrayList<>();
  private Server server;

  @BeforeEach
  void start() {
    server = SharedServer.server("outage", properties).start();
  }

  @AfterEach
  void end() {
    testbed.as("root", "tb-svc", "start", "slurmctld").output();
    server.close();
    slurm.cancelByName(uids);
  }

  @Test
  void without_slurms_controller_for_a_minute_no_pod_fails_and_all_goes_on_afterwards() {
    post(3);
    waitFor("running").until(() -> phases("Running") == 3);

    // Not killed: Slurm itself would forget the jobs of its last few seconds.
    testbed.as("root", "tb-svc", "stop", "slurmctld").output();
    post(3);
    waitFor("the backend's word").until(() -> !slurmBackend().path("healthy").asBoolean());
    assertThat(slurmBackend().path("reason").asText()).isNotBlank();
    await("the outage")
        .during(OUTAGE)
        .atMost(OUTAGE.plusSeconds(20))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> phases("Failed") == 0 && !slurmBackend().path("healthy").asBoolean());
    System.out.println("FIGURE outage-reason " + slurmBackend().path("reason").asText());

    testbed.as("root", "tb-svc", "start", "slurmctld").output();
    waitFor("healthy again").until(() -> slurmBackend().path("healthy").asBoolean());
    Waits.queued(slurm, uids, uids.size());
    testbed.gate(properties, "slurm").open(uids);
    waitFor("success of all").until(() -> phases("Succeeded") == uids.size());
    waitFor("one job each in accounting")
        .untilAsserted(
            () ->
                assertThat(slurm.accounted(uids).stream().map(BatchJob::name))
                    .containsExactlyInAnyOrderElementsOf(uids));
  }

  private void post(int count) {
    for (int i = 0; i < count; i++) {
      uids.add(server.portal().create("slurm", Gate.pod(pods, 0)));
    }
  }

  private JsonNode slurmBackend() {
    for (JsonNode backend : server.portal().backends()) {
      if (backend.path("name").asText().equals("slurm")) {
        return backend;
      }
    }
    throw new AssertionError("no backend slurm in " + server.portal().backends());
  }

  private long phases(String phase) {
    return uids.stream()
        .map(uid -> server.portal().pod(uid).at("/status/phase").asText())
        .filter(phase::equals)
        .count();
  }
}
