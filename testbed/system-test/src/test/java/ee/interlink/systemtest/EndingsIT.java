package ee.interlink.systemtest;

import static ee.interlink.systemtest.ForcedEndings.FOR_EVER;
import static ee.interlink.systemtest.ForcedEndings.alone;
import static ee.interlink.systemtest.ForcedEndings.forEver;
import static ee.interlink.systemtest.ForcedEndings.waits;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Project;
import ee.interlink.testbed.Slurm;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** signal(7), "Standard signals": those whose default action is Term or Core; and real-time. */
  private static final int[] DEADLY =
      IntStream.of(
              1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 24, 25, 26, 27, 29, 30, 31, 34,
              64)
          .toArray();

  private ForcedEndings endings;

  @BeforeEach
  void begin(NodeSite site) {
    endings = new ForcedEndings(site, "endings");
  }

  @AfterEach
  void end() {
    endings.close();
  }

  @Test
  void each_ending_is_what_the_table_says(NodeSite site) throws IOException {
    endingsOfAContainer(site);
    endingsByLimits(site);
    endingsByDeletion(site);
    endingsBeforeTheStart(site);
    endingsByViolence(site);
    endings.force();
    Map<String, Ending> measured = new LinkedHashMap<>();
    endings.rows().forEach((name, row) -> measured.put(name, row.ending()));
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
    row("activeDeadlineSeconds", late).once(ForcedEndings::runs, () -> shorten(site, "late"));
  }

  /**
   * Slurm counts in minutes, and the test need not see the rest of its first; it refuses what is
   * already over.
   */
  private void shorten(NodeSite site, String pod) {
    if (site.batch() instanceof Slurm) {
      endings.asRoot("scontrol", "update", "JobId=" + endings.job(pod).id(), "EndTime=now+2");
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
    row("deleted, and preStop takes all of the grace period", hook)
        .deletedOnce(ForcedEndings::runs);

    ObjectNode loop = site.pod("loop", "exit 1");
    NodePods.spec(loop).put("restartPolicy", "Always");
    // The first back-off is none: its next run would be under way.
    row("deleted during back-off", loop)
        .deletedOnce(waits("CrashLoopBackOff").and(pod -> restarts(pod) >= 2));
  }

  private static int restarts(JsonNode pod) {
    return pod.at("/status/containerStatuses/0/restartCount").asInt();
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
    row("runner killed", forEver(site, "runner"))
        .once(ForcedEndings::runs, () -> endings.asRoot("kill", "-KILL", runner(site, "runner")));
    if (site.batch() instanceof Slurm) {
      row("slurmd killed and started again", alone(site.gated("slurmd")))
          .once(ForcedEndings::runs, () -> restartSlurmd(site, "slurmd"));
      row("node down", alone(forEver(site, "down")))
          .once(ForcedEndings::runs, () -> endings.takeDown(endings.node("down")))
          .untilReason("NodeLost");
    } else {
      row("evicted from its machine", forEver(site, "evicted"))
          .once(
              ForcedEndings::runs,
              () -> endings.asRoot("condor_vacate_job", endings.job("evicted").id()));
    }
  }

  private void restartSlurmd(NodeSite site, String pod) {
    String daemon = "slurmd-" + endings.node(pod);
    endings.asRoot("tb-svc", "kill", daemon);
    endings.asRoot("tb-svc", "start", daemon);
    site.gate().open(endings.uid(pod));
  }

  private String runner(NodeSite site, String pod) {
    Path directory = site.testbed().directory(site.properties(), Testbed.BACKEND);
    Optional<Path> job = site.batch().job(directory, endings.uid(pod));
    try {
      return Files.readString(job.orElseThrow().resolve("state/claimed/process")).split(" ", 2)[0];
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ForcedEndings.Row row(String name, ObjectNode pod) {
    return endings.row(name, pod);
  }

  private static String scheduler(NodeSite site) {
    return site.batch() instanceof Slurm ? "Slurm" : "HTCondor";
  }
}
