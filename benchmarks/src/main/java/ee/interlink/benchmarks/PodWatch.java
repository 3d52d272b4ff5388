package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.Pods;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What another client hears of a namespace's pods, and when: a watch, as a controller has. */
final class PodWatch implements AutoCloseable {
  private final KubeClient client;
  private final String pods;
  private final Thread reader;
  private final Map<String, Instant> bound = new ConcurrentHashMap<>();
  private final Map<String, Instant> over = new ConcurrentHashMap<>();
  private final Map<String, String> jobs = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> statuses = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean closing;
  private String version;

  PodWatch(KubeClient client, String namespace) {
    this.client = client;
    pods = "/api/v1/namespaces/" + namespace + "/pods";
    version = client.get(pods + "?limit=1").at("/metadata/resourceVersion").asText();
    reader = new Thread(this::read, "pod-watch");
    reader.setDaemon(true);
    reader.start();
  }

  /** The API server ends a watch whose reader is slow, on a busy machine: so from where it was. */
  private void read() {
    while (!closing) {
      String from = "?watch=true&timeoutSeconds=86400&resourceVersion=" + version;
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(client.stream(pods + from), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Instant now = Instant.now();
          JsonNode event = KubeClient.JSON.readTree(line);
          heard(event.path("type").asText(), event.path("object"), now);
        }
      } catch (IOException e) {
        if (!closing) {
          System.err.println("the watch of pods begins anew: " + e);
        }
      }
    }
  }

  private void heard(String type, JsonNode pod, Instant now) {
    if (type.equals("ERROR")) {
      throw new IllegalStateException("the watch of pods has lost its place: " + pod);
    }
    version = pod.at("/metadata/resourceVersion").asText();
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
  public void close() {
    closing = true;
    reader.interrupt();
  }
}
