package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.PortalClient;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.WireClient;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A way in which jobs reach the batch system.
 *
 * @param title for the tables
 */
record WayIn(String title, Supplier<Attempt> attempts) {
  Attempt next() {
    return attempts.get();
  }

  static WayIn rest(Server server, Pods pods) {
    PortalClient portal = server.portal();
    return new WayIn(
        "ours, REST",
        () -> {
          ObjectNode pod = pods.sleep(600);
          return new Attempt(Pods.uid(pod), () -> portal.create(Bench.BACKEND, pod));
        });
  }

  static WayIn wire(Server server, Pods pods) {
    WireClient wire = server.wire();
    return new WayIn(
        "ours, interLink /create",
        () -> {
          ObjectNode pod = pods.sleep(600);
          return new Attempt(Pods.uid(pod), () -> wire.create(pod).expect(200));
        });
  }

  static WayIn bare(String title, BareSubmit ssh) {
    return new WayIn(
        title,
        () -> {
          String name = "bare-" + UUID.randomUUID();
          return new Attempt(name, () -> ssh.submit(name));
        });
  }
}
