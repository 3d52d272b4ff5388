package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import ee.interlink.testbed.WireClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A burst through the interLink API, of which the process of interLink 0.6.2 dies. */
@Tag("testbed")
@Tag("any-scheduler")
@Order(31)
@Alone
class ManyCreatesIT {
  private static final int CREATES = 500;
  private static final int CONNECTIONS = 10;

  private final Testbed testbed = Testbed.here();
  private final Server server = SharedServer.server("creates", properties(testbed));
  private final List<String> uids = new ArrayList<>();

  private static Map<String, String> properties(Testbed testbed) {
    Map<String, String> properties = new HashMap<>(testbed.parkedBackend());
    properties.put("interlink.default-backend", Testbed.PARKED);
    return properties;
  }

  @AfterEach
  void end() {
    testbed.batchSystem().cancelByName(uids);
    server.close();
  }

  @Test
  void of_500_creates_over_10_connections_none_is_refused_or_lost_and_none_has_two_jobs()
      throws Exception {
    server.start();
    Pods pods = new Pods(testbed.image());
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<?>> connections = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      List<ObjectNode> own = new ArrayList<>();
      for (int i = 0; i < CREATES / CONNECTIONS; i++) {
        own.add(pods.exit(0));
      }
      own.forEach(pod -> uids.add(Pods.uid(pod)));
      connections.add(threads.submit(() -> createAll(own)));
    }
    threads.shutdown();
    for (Future<?> connection : connections) {
      connection.get();
    }
    waitFor("all in the queue")
        .untilAsserted(
            () ->
                assertThat(testbed.batchSystem().queued(uids).stream().map(BatchJob::name))
                    .containsExactlyInAnyOrderElementsOf(uids));
    server.wire().ping().expect(200);
  }

  private void createAll(List<ObjectNode> pods) {
    WireClient connection = server.wire();
    pods.forEach(pod -> connection.create(pod).expect(200));
  }
}
