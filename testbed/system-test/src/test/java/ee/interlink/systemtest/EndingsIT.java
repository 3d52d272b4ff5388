package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Project;
import ee.interlink.testbed.Slurm;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every way in which a pod can end, each forced for real and all side by side; what is to come of
 * them is the table in {@code docs/endings.md}.
 */
@Tag("testbed")
@Tag("no-shared-folder")
@Tag("kubernetes")
@Order(38)
@Alone
@ExtendWith(NodeSite.Shared.class)
class EndingsIT {
  private static final Path TABLE = Project.root().resolve("docs/endings.md");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** signal(7), "Standard signals": those whose default action is Term or Core; and real-time. */
  private static final int[] DEADLY =
      IntStream.of(
              1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 24, 25, 26, 27, 29, 30, 31, 34,
              64)
          .toArray();

  private static final String FOR_EVER = "exec sleep 600";

  /** One way to end. */
  private final class Row {
    final String pod;
    Predicate<JsonNode> over = EndingsIT::ended;
    Predicate<JsonNode> ripe = pod -> false;
    Runnable blow = () -> {};
    boolean blown;
    Instant seen;
    Ending ending;

    Row(String pod) {
      this.pod = pod;
    }

    /** What is done to the pod, and when; how it ends then is to be seen. */
    Row once(Predicate<JsonNode> when, Runnable what) {
      ripe = when;
      blow = what;
      return this;
    }

    Row until(Predicate<JsonNode> when) {
      over = when;
      return this;
    }

    /** Deletes it then, and it is over when it is gone. */
    Row deletedOnce(Predicate<JsonNode> when) {
      over = json -> watch.isGone(pod);
      return once(when, () -> namespace.kubectl("delete", "pod", pod, "--wait=false").output());
    }

    /** Goes on as far as it can. */
    boolean isOver() {
      JsonNode json = watch.pod(pod);
      if (!blown && ripe.test(json)) {
        blown = true;
        blow.run();
      }
      if (seen == null && over.test(json)) {
        seen = Instant.now();
        ending = Ending.of(json, watch.isGone(pod));
      }
      return seen != null;
    }
  }

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<ObjectNode> manifests = new ArrayList<>();
  private KubeNamespace namespace;
  private PodWatch watch;

  @BeforeEach
  void begin(NodeSite site) {
    namespace = site.kube().namespace("endings");
    watch = new PodWatch(namespace);
  }

  @AfterEach
  void end() {
    watch.close();
    namespace.close();
  }

  @Test
  void each_ending_is_what_the_table_says(NodeSite site) throws IOException {
    endingsOfAContainer(site);
    endingsByLimits(site);
    endingsByDeletion(site);
    endingsBeforeTheStart(site);
    endingsByViolence(site);
    Instant begin = Instant.now();
    apply();
    waitFor("the end of all")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(rows.entrySet())
                    .filteredOn(row -> !row.getValue().isOver())
                    .extracting(Map.Entry::getKey)
                    .isEmpty());
    Map<String, Ending> measured = new LinkedHashMap<>();
    rows.forEach(
        (name, row) -> {
          measured.put(name, row.ending);
          long seconds = Duration.between(begin, row.seen).toSeconds();
          System.out.println("FIGURE ending-seconds " + seconds + " " + name + ": " + row.ending);
        });
    rows.forEach((name, row) -> assertTimes(name, watch.pod(row.pod), begin, Instant.now()));
    for (Row row : rows.values()) {
      if (watch.isGone(row.pod)) {
        assertThat(Waits.live(site.batch(), Pods.uid(watch.pod(row.pod)))).as(row.pod).isFalse();
      }
    }
    Map<String, Ending> table = Ending.table(TABLE, scheduler(site));
    assertThat(measured).containsOnlyKeys(table.keySet());
    assertThat(measured)
        .allSatisfy(
            (name, ending) ->
                assertThat(ending.among(table.get(name))).as("%s: %s", name, ending).isTrue());
  }

  private void endingsOfAContainer(NodeSite site) {
    for (int code : List.of(0, 1, 42, 137)) {
      row("exit code " + code, site.pod("exit-" + code, "exit " + code));
    }
    ObjectNode signals = site.pod("signals", "");
    ArrayNode containers = NodePods.spec(signals).putArray("containers");
    for (int signal : DEADLY) {
      // Once the shell has left its place.
      String itself = "(sleep 1; kill -" + signal + " $$$$) & " + FOR_EVER;
      ObjectNode container = NodePods.main(site.pod("", itself));
      container.put("name", "s" + signal);
      container
          .putObject("resources")
          .putObject("requests")
          .put("cpu", "10m")
          .put("memory", "64Mi");
      containers.add(container);
    }
    row("every signal that ends a process", signals);
  }

  private void endingsByLimits(NodeSite site) {
    ObjectNode hungry =
        site.pod("hungry", "x=$(head -c 300000000 /dev/zero | tr '\\0' x); " + FOR_EVER);
    NodePods.main(hungry).withObject("/resources").putObject("limits").put("memory", "128Mi");
    row("memory limit", hungry);
    ObjectNode late = site.pod("late", FOR_EVER);
    NodePods.spec(late).put("activeDeadlineSeconds", 3);
    row("activeDeadlineSeconds", late).once(EndingsIT::runs, () -> shorten(site, "late"));
  }

  /** Slurm counts in minutes, and the test need not see the rest of its first. */
  private void shorten(NodeSite site, String pod) {
    if (site.batch() instanceof Slurm) {
      asRoot(site, "scontrol", "update", "JobId=" + job(site, pod).id(), "EndTime=now");
    }
  }

  private void endingsByDeletion(NodeSite site) {
    ObjectNode init = site.pod("init", "exit 0");
    ObjectNode first = NodePods.main(site.pod("", FOR_EVER)).put("name", "first");
    NodePods.spec(init).putArray("initContainers").add(first);
    row("deleted while an init container runs", init)
        .deletedOnce(pod -> pod.at("/status/initContainerStatuses/0/state").has("running"));

    ObjectNode hook = site.pod("hook", FOR_EVER);
    ArrayNode command =
        NodePods.main(hook).withObject("/lifecycle/preStop/exec").putArray("command");
    List.of("sleep", "600").forEach(command::add);
    NodePods.spec(hook).put("terminationGracePeriodSeconds", 4);
    row("deleted, and preStop takes all of the grace period", hook).deletedOnce(EndingsIT::runs);

    ObjectNode loop = site.pod("loop", "exit 1");
    NodePods.spec(loop).put("restartPolicy", "Always");
    row("deleted during back-off", loop).deletedOnce(waits("CrashLoopBackOff"));
  }

  private void endingsBeforeTheStart(NodeSite site) {
    ObjectNode missing = site.pod("missing", "exit 0");
    NodePods.main(missing).put("image", site.testbed().image().replace("busybox", "nothing"));
    row("image missing", missing).until(waits("ImagePullBackOff"));
    ObjectNode refused = site.pod("refused", "exit 0");
    String registry = site.testbed().setting("TESTBED_REGISTRY_AUTH");
    NodePods.main(refused).put("image", registry + "/library/busybox:latest");
    row("registry refuses", refused).until(waits("ImagePullBackOff"));
    ObjectNode nothing = site.pod("nothing", "");
    NodePods.main(nothing).putArray("command").add("/no/such/command");
    row("command missing", nothing);
    ObjectNode text = site.pod("text", "");
    NodePods.main(text).putArray("command").add("/etc/passwd");
    row("command not executable", text);
  }

  private void endingsByViolence(NodeSite site) {
    row("runner killed", site.pod("runner", FOR_EVER))
        .once(EndingsIT::runs, () -> asRoot(site, "kill", "-KILL", runner(site, "runner")));
    if (site.batch() instanceof Slurm) {
      row("slurmd killed and started again", alone(site.gated("slurmd")))
          .once(EndingsIT::runs, () -> restartSlurmd(site, "slurmd"));
      row("node down", alone(site.pod("down", FOR_EVER)))
          .once(EndingsIT::runs, () -> takeDown(site, node(site, "down")));
    } else {
      row("evicted from its machine", site.pod("evicted", FOR_EVER))
          .once(
              EndingsIT::runs, () -> asRoot(site, "condor_vacate_job", job(site, "evicted").id()));
    }
  }

  /** On a node that has no other job, so that none of somebody else's suffers. */
  private static ObjectNode alone(ObjectNode pod) {
    pod.withObject("/metadata/annotations").put("slurm.interlink.ee/exclusive", "true");
    return pod;
  }

  private void restartSlurmd(NodeSite site, String pod) {
    String daemon = "slurmd-" + node(site, pod);
    asRoot(site, "tb-svc", "kill", daemon);
    asRoot(site, "tb-svc", "start", daemon);
    site.gate().open(Pods.uid(watch.pod(pod)));
  }

  private static void takeDown(NodeSite site, String node) {
    asRoot(site, "scontrol", "update", "NodeName=" + node, "State=DOWN", "Reason=endings");
    asRoot(site, "scontrol", "update", "NodeName=" + node, "State=RESUME");
  }

  private String node(NodeSite site, String pod) {
    return asRoot(site, "squeue", "-h", "-j", job(site, pod).id(), "-o", "%N").strip();
  }

  private String runner(NodeSite site, String pod) {
    Path directory = site.testbed().directory(site.properties(), Testbed.BACKEND);
    Optional<Path> job = site.batch().job(directory, Pods.uid(watch.pod(pod)));
    try {
      return Files.readString(job.orElseThrow().resolve("state/claimed/process")).split(" ", 2)[0];
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private BatchJob job(NodeSite site, String pod) {
    return site.batch().queued(Pods.uid(watch.pod(pod))).get(0);
  }

  private static String asRoot(NodeSite site, String... command) {
    return site.testbed().as("root", command).output();
  }

  private Row row(String name, ObjectNode pod) {
    manifests.add(pod);
    Row row = new Row(pod.at("/metadata/name").asText());
    rows.put(name, row);
    return row;
  }

  private void apply() {
    ObjectNode list = NodePods.object("v1", "List", "");
    list.remove("metadata");
    list.putArray("items").addAll(manifests);
    namespace.apply(list);
  }

  private static String scheduler(NodeSite site) {
    return site.batch() instanceof Slurm ? "Slurm" : "HTCondor";
  }

  private static boolean ended(JsonNode pod) {
    return List.of("Succeeded", "Failed").contains(pod.at("/status/phase").asText());
  }

  private static boolean runs(JsonNode pod) {
    return pod.at("/status/containerStatuses/0/state").has("running");
  }

  private static Predicate<JsonNode> waits(String reason) {
    return pod ->
        pod.at("/status/containerStatuses/0/state/waiting/reason").asText().equals(reason);
  }

  /** A container's times are in their order, and none is outside what the test has seen. */
  private static void assertTimes(String name, JsonNode pod, Instant begin, Instant end) {
    for (JsonNode container : Ending.containers(pod)) {
      for (String of : List.of("/state/terminated", "/lastState/terminated")) {
        JsonNode run = container.at(of);
        if (run.hasNonNull("startedAt")) {
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
}
