package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Pods that run and wait for the word to end.
 *
 * @param pods those
 * @param go the file that they wait for
 */
record Wave(List<EndingPod> pods, Path go) {

  /**
   * Brings them in and waits until our status says that they run.
   *
   * @param after when the n-th of them ends, counted from the word
   */
  static Wave of(Bench bench, Server server, int count, IntFunction<Duration> after)
      throws IOException, InterruptedException {
    String namespace = "wave-" + UUID.randomUUID().toString().substring(0, 8);
    Path folder = bench.shared();
    String file = folder.getFileName() + "/" + namespace;
    List<EndingPod> pods = new ArrayList<>();
    List<ObjectNode> manifests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EndingPod.Manifest manifest =
          EndingPod.manifest(bench.pods(), namespace, bench.inside(file), after.apply(i));
      pods.add(manifest.pod());
      manifests.add(manifest.json());
    }
    LivePods live = new LivePods(bench, server);
    live.post(manifests);
    live.awaitRunning(namespace, count);
    return new Wave(pods, folder.resolve(namespace));
  }

  List<EndWatch.End> letEnd(Server server) throws IOException {
    return new EndWatch(server.portal()).letEnd(pods, go);
  }
}
