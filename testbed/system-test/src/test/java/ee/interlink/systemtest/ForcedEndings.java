package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Pods in a namespace of their own, to each of which something is done, all side by side; and what
 * was seen of each then.
 */
final class ForcedEndings implements AutoCloseable {
  static final String FOR_EVER = "exec sleep 600";

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final NodeSite site;
  private final KubeNamespace namespace;
  private final PodWatch watch;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<ObjectNode> manifests = new ArrayList<>();

  ForcedEndings(NodeSite site, String name) {
    this.site = site;
    namespace = site.kube().namespace(name);
    watch = new PodWatch(namespace);
  }

  /** One thing that is done to a pod, and what comes of it. */
  final class Row {
    final String pod;
    private Predicate<JsonNode> over = ForcedEndings::ended;
    private Predicate<JsonNode> ripe = json -> false;
    private Runnable blow = () -> {};
    private boolean blown;
    private boolean isNext;
    private Instant seen;
    private JsonNode shown;
    private Ending ending;

    private Row(String pod) {
      this.pod = pod;
    }

    /** What is done to the pod, and when; how it ends then is to be seen. */
    Row once(Predicate<JsonNode> when, Runnable what) {
      ripe = when;
      blow = what;
      return this;
    }

    /** Not before all that stand above it are over, for the others would suffer too. */
    Row onceOthersAreOver(Predicate<JsonNode> when, Runnable what) {
      return once(
          json ->
              when.test(json)
                  && rows.values().stream()
                      .takeWhile(row -> row != this)
                      .allMatch(row -> row.seen != null),
          what);
    }

    Row until(Predicate<JsonNode> when) {
      over = when;
      return this;
    }

    /** Its runner may be heard first, and knows only that it was told to end. */
    Row untilReason(String reason) {
      return until(json -> ended(json) && json.at("/status/reason").asText().equals(reason));
    }

    /** Deletes it then, and it is over when it is gone. */
    Row deletedOnce(Predicate<JsonNode> when) {
      over = json -> watch.isGone(pod);
      return once(when, () -> namespace.kubectl("delete", "pod", pod, "--wait=false").output());
    }

    /** What is done to the same pod when this one is over. */
    Row then(String name, Runnable what) {
      Row next = new Row(pod);
      next.once(json -> seen != null, what);
      next.isNext = true;
      rows.put(name, next);
      return next;
    }

    Ending ending() {
      return ending;
    }

    /** The pod as it was when this was over. */
    JsonNode shown() {
      return shown;
    }

    /** Goes on as far as it can. */
    private boolean isOver() {
      JsonNode json = watch.pod(pod);
      if (!blown && ripe.test(json)) {
        blow.run();
        blown = true;
        json = watch.pod(pod);
      }
      // The same pod may look like this already, before what is to be done.
      if (seen == null && (blown || !isNext) && over.test(json)) {
        seen = Instant.now();
        shown = json;
        ending = Ending.of(json, watch.isGone(pod));
      }
      return seen != null;
    }
  }

  Row row(String name, ObjectNode pod) {
    manifests.add(pod);
    Row row = new Row(pod.at("/metadata/name").asText());
    rows.put(name, row);
    return row;
  }

  /** By their names, in the order in which they were made. */
  Map<String, Row> rows() {
    return rows;
  }

  /** Makes the pods, and returns when all is over. */
  void force() {
    Instant begin = Instant.now();
    ObjectNode list = NodePods.object("v1", "List", "");
    list.remove("metadata");
    list.putArray("items").addAll(manifests);
    namespace.apply(list);
    try {
      waitFor("the end of all")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(rows.entrySet())
                      .filteredOn(row -> !row.getValue().isOver())
                      .extracting(Map.Entry::getKey)
                      .isEmpty());
    } catch (ConditionTimeoutException e) {
      String left =
          rows.values().stream()
              .filter(row -> row.seen == null)
              .map(row -> whatIsKnownOf(row.pod))
              .collect(Collectors.joining("\n"));
      throw new AssertionError(left, e);
    }
    rows.forEach(
        (name, row) -> {
          long seconds = Duration.between(begin, row.seen).toSeconds();
          System.out.println("FIGURE ending-seconds " + seconds + " " + name + ": " + row.ending);
        });
    rows.forEach((name, row) -> assertTimes(name, watch.pod(row.pod), begin, Instant.now()));
    for (Row row : rows.values()) {
      if (watch.isGone(row.pod)) {
        assertThat(Waits.live(site.batch(), uid(row.pod))).as(row.pod).isFalse();
      }
    }
  }

  private String whatIsKnownOf(String pod) {
    JsonNode json = watch.pod(pod);
    return pod + ": " + site.batch().queued(Pods.uid(json)) + " " + json.path("status");
  }

  String uid(String pod) {
    return Pods.uid(watch.pod(pod));
  }

  /** Of all pods that there are or were. */
  Set<String> uids() {
    return rows.values().stream().map(row -> uid(row.pod)).collect(Collectors.toSet());
  }

  BatchJob job(String pod) {
    return site.batch().queued(uid(pod)).get(0);
  }

  /** Where its job runs on Slurm. */
  String node(String pod) {
    return asRoot("squeue", "-h", "-j", job(pod).id(), "-o", "%N").strip();
  }

  /** A node of Slurm's, and back; it may come back by itself as soon as its slurmd reports. */
  void takeDown(String node) {
    asRoot("scontrol", "update", "NodeName=" + node, "State=DOWN", "Reason=forced");
    resume(node);
  }

  /** Refused for a node that is neither down nor drained. */
  void resume(String node) {
    site.testbed().as("root", "scontrol", "update", "NodeName=" + node, "State=RESUME");
  }

  String asRoot(String... command) {
    return site.testbed().as("root", command).output();
  }

  /** On a node of Slurm's that has no other job, so that none of somebody else's suffers. */
  static ObjectNode alone(ObjectNode pod) {
    return asking(pod, "exclusive", "true");
  }

  /**
   * A pod to be ended. It is seen running only with its process there, which its hook waits for:
   * Apptainer takes a signal that comes while it begins for an error of its own.
   */
  static ObjectNode forEver(NodeSite site, String name) {
    ObjectNode pod = site.pod(name, FOR_EVER);
    NodePods.main(pod).withArray("/lifecycle/postStart/exec/command").add("true");
    return pod;
  }

  /** With this annotation for Slurm. */
  static ObjectNode asking(ObjectNode pod, String option, String value) {
    pod.withObject("/metadata/annotations").put("slurm.interlink.ee/" + option, value);
    return pod;
  }

  static boolean ended(JsonNode pod) {
    return List.of("Succeeded", "Failed").contains(pod.at("/status/phase").asText());
  }

  static boolean runs(JsonNode pod) {
    return pod.at("/status/containerStatuses/0/state").has("running");
  }

  static Predicate<JsonNode> waits(String reason) {
    return pod ->
        pod.at("/status/containerStatuses/0/state/waiting/reason").asText().equals(reason);
  }

  /** A container's times are in their order, and none is outside what the test has seen. */
  private static void assertTimes(String name, JsonNode pod, Instant begin, Instant end) {
    for (JsonNode container : Ending.containers(pod)) {
      for (String of : List.of("/state/terminated", "/lastState/terminated")) {
        JsonNode run = container.at(of);
        if (run.hasNonNull("startedAt") && run.hasNonNull("finishedAt")) {
          assertThat(List.of(begin.minusSeconds(1), at(run, "startedAt"), at(run, "finishedAt")))
              .as(name)
              .isSorted();
          assertThat(at(run, "finishedAt")).as(name).isBeforeOrEqualTo(end.plusSeconds(1));
        }
      }
    }
  }

  private static Instant at(JsonNode run, String time) {
    return Instant.parse(run.path(time).asText());
  }

  @Override
  public void close() {
    watch.close();
    namespace.close();
  }
}
