package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.Pods;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What another client hears of a namespace's pods, and when: a watch, as a controller has. */
final class PodWatch implements AutoCloseable {
  private final BufferedReader lines;
  private final Thread reader;
  private final Map<String, Instant> bound = new ConcurrentHashMap<>();
  private final Map<String, Instant> over = new ConcurrentHashMap<>();
  private final Map<String, String> jobs = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> statuses = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean closing;

  PodWatch(KubeClient client, String namespace) {
    String pods = "/api/v1/namespaces/" + namespace + "/pods";
    String version = client.get(pods + "?limit=1").at("/metadata/resourceVersion").asText();
    lines =
        new BufferedReader(
            new InputStreamReader(
                client.stream(pods + "?watch=true&timeoutSeconds=86400&resourceVersion=" + version),
                StandardCharsets.UTF_8));
    reader = new Thread(this::read, "pod-watch");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Instant now = Instant.now();
        JsonNode event = KubeClient.JSON.readTree(line);
        heard(event.path("type").asText(), event.path("object"), now);
      }
      if (!closing) {
        System.err.println("the watch of pods has ended: figures are not complete");
      }
    } catch (IOException e) {
      if (!closing) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void heard(String type, JsonNode pod, Instant now) {
    String uid = Pods.uid(pod);
    if (type.equals("DELETED")) {
      statuses.remove(uid);
      return;
    }
    if (!pod.at("/spec/nodeName").isMissingNode()) {
      bound.putIfAbsent(uid, now);
    }
    String job = pod.at("/metadata/annotations/JobID").asText();
    if (!job.isEmpty()) {
      jobs.putIfAbsent(uid, job);
    }
    if (PodEnd.over(pod)) {
      over.putIfAbsent(uid, now);
    }
    JsonNode before = statuses.put(uid, pod.path("status"));
    if (before != null && !before.equals(pod.path("status"))) {
      changes.incrementAndGet();
    }
  }

  /** When this pod was bound to a node; null if that has not been heard of. */
  Instant bound(String uid) {
    return bound.get(uid);
  }

  /** When this pod was said to have ended, or null. */
  Instant over(String uid) {
    return over.get(uid);
  }

  /** The id of this pod's job, as its annotation says, or null. */
  String job(String uid) {
    return jobs.get(uid);
  }

  int withJob(Collection<String> uids) {
    return (int) uids.stream().filter(jobs::containsKey).count();
  }

  String phase(String uid) {
    JsonNode status = statuses.get(uid);
    return status == null ? "" : status.path("phase").asText();
  }

  long inPhase(Collection<String> uids, String phase) {
    return uids.stream().filter(uid -> phase(uid).equals(phase)).count();
  }

  /** How many of these are still there. */
  long there(Collection<String> uids) {
    return uids.stream().filter(statuses::containsKey).count();
  }

  /** How many times the status of a pod has become another one so far. */
  long changes() {
    return changes.get();
  }

  @Override
  public void close() throws IOException {
    closing = true;
    reader.interrupt();
  }
}
