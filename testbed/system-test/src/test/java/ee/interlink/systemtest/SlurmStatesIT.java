package ee.interlink.systemtest;

import static ee.interlink.systemtest.ForcedEndings.FOR_EVER;
import static ee.interlink.systemtest.ForcedEndings.alone;
import static ee.interlink.systemtest.ForcedEndings.asking;
import static ee.interlink.systemtest.ForcedEndings.forEver;
import static ee.interlink.systemtest.ForcedEndings.waits;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Project;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every state of Slurm's that can be forced, and every refusal; what is to come of them is the
 * table in {@code docs/slurm.md}.
 */
@Tag("testbed")
@Tag("kubernetes")
@Order(46)
@Alone
@ExtendWith(NodeSite.Shared.class)
class SlurmStatesIT {
  private static final Path TABLE = Project.root().resolve("docs/slurm.md");
  private static final int CELLS = 8;
  private static final String NOTHING = "-";

  /** So much of a node's memory that there is no room for the same beside it. */
  private static final String MOST = "200Gi";

  /**
   * One row.
   *
   * @param restarts of the container
   * @param words to be found in what the pod says for people
   */
  private record Shown(Ending ending, String restarts, String words) {
    static Shown of(ForcedEndings.Row row) {
      JsonNode pod = row.shown();
      return new Shown(
          row.ending(), pod.at("/status/containerStatuses/0/restartCount").asText(), messages(pod));
    }

    static Shown of(List<String> cells) {
      return new Shown(
          new Ending(cells.get(1), cells.get(2), cells.get(3), cells.get(4)),
          cells.get(5),
          cells.get(6));
    }

    boolean isAs(Shown expected) {
      boolean said =
          expected.words.equals(NOTHING) ? words.isEmpty() : words.contains(expected.words);
      return said && restarts.equals(expected.restarts) && ending.among(expected.ending);
    }
  }

  private static final String SLURMRESTD = "interlink.backends." + Testbed.BACKEND + ".slurmrestd";
  private static final String TOO_LARGE = "more than its QOS lets one job have";
  private static final String STRANGE = "a state of a later Slurm";
  private static final String KNOWN_AGAIN = "…, and one that is known";

  /** What slurmrestd does not say, and what a squeue in its place is needed for. */
  private static final Set<String> NOT_BY_REST = Set.of(TOO_LARGE, STRANGE, KNOWN_AGAIN);

  private NodeSite site;
  private ForcedEndings states;
  private SlurmHands hands;
  private Map<String, Shown> table;

  @BeforeEach
  void begin(NodeSite shared) {
    site = shared;
    states = new ForcedEndings(site, "slurm-states");
    hands = new SlurmHands(site, states);
  }

  @AfterEach
  void end() {
    hands.mend();
    states.close();
  }

  @Test
  void what_is_done_to_one_job_has_come_to_what_the_table_says() throws IOException {
    read("One job");
    refusals();
    waitingJobs();
    somebodysLicence();
    jobsThatRunAgain();
    jobsThatHaveNoSecondRun();
    jobsThatStandStill();
    if (!site.properties().containsKey(SLURMRESTD)) {
      jobInAStateOfAnotherSlurm();
    }
    jobsThatEnd();
    states.force();
    compare();
  }

  @Test
  void what_is_done_to_nodes_and_controller_has_come_to_what_the_table_says() throws IOException {
    read("Nodes and controller");
    nodes();
    controller();
    states.force();
    compare();
  }

  private void read(String heading) throws IOException {
    List<String> lines =
        Files.readAllLines(TABLE).stream()
            .dropWhile(line -> !line.equals("## " + heading))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .toList();
    table =
        Ending.rows(lines, CELLS).stream()
            .skip(2) // what the columns are called
            .collect(
                Collectors.toMap(
                    cells -> cells.get(0), Shown::of, (a, b) -> a, LinkedHashMap::new));
  }

  private void compare() {
    Map<String, Shown> measured = new LinkedHashMap<>();
    states.rows().forEach((name, row) -> measured.put(name, Shown.of(row)));
    if (site.properties().containsKey(SLURMRESTD)) {
      table.keySet().removeAll(NOT_BY_REST);
    }
    assertThat(measured).containsOnlyKeys(table.keySet());
    assertThat(measured)
        .allSatisfy(
            (name, shown) ->
                assertThat(shown.isAs(table.get(name))).as("%s: %s", name, shown).isTrue());
  }

  private void refusals() {
    refused("an account that there is not", "account", "nosuch");
    refused("a QOS that there is not", "qos", "nosuch");
    refused("a partition that there is not", "partition", "nosuch");
    refused("a reservation that there is not", "reservation", "nosuch");
    refused("a feature that no node has", "constraint", "nosuch");
    refused("a licence that the site has not", "licenses", "nosuch");
    refused("more GPUs than a node has", "gres", "gpu:9");
    if (!site.properties().containsKey(SLURMRESTD)) {
      ObjectNode large = asking(site.pod("large", "exit 0"), "qos", "small");
      NodePods.main(large).withObject("/resources/requests").put("cpu", "4");
      states.row(TOO_LARGE, large);
    }
  }

  private void refused(String name, String option, String value) {
    states.row(name, asking(site.pod("no-" + option, "exit 0"), option, value));
  }

  private void waitingJobs() {
    said("the partition is down", parked("held"))
        .then("held by its user", () -> hands.asUser("held", "scontrol", "hold"))
        .until(says("held by its user"))
        .then("released by its user", () -> hands.releaseInto("held", "normal"));
    said("the partition is down, Always", restarted(parked("ruled"), "Always"))
        .then("held by the administrator", () -> hands.asRoot("ruled", "scontrol", "hold"))
        .until(says("held by the administrator"))
        .then("a dependency that is never fulfilled", () -> hands.dependOnWhatFailed("ruled"))
        .until(says("a dependency that is never fulfilled"))
        .then("cancelled while it waits", () -> hands.asUser("ruled", "scancel"));
    states
        .row("a deadline that it cannot keep", asking(parked("deadline"), "time", "1"))
        .once(waits("JobQueued"), () -> hands.update("deadline", "Deadline=now+61"));
    ObjectNode tooLong =
        asking(asking(site.pod("long", "exit 0"), "partition", "short"), "time", "10");
    said("longer than its partition allows", tooLong);
    said("the limit of its QOS is reached", asking(site.pod("closed", "exit 0"), "qos", "closed"));
  }

  private ObjectNode parked(String name) {
    return asking(site.pod(name, "exit 0"), "partition", "parked");
  }

  private void somebodysLicence() {
    String other = hands.submit("licensee", "--licenses=solver:1");
    hands.awaitRunning(other);
    String name = "a licence that another job has";
    said(name, asking(site.pod("licensed", "exit 0"), "licenses", "solver"))
        .then("…, and gives back", () -> hands.cancelOther(other));
  }

  private void jobsThatRunAgain() {
    again("requeued", "requeued", pod -> hands.asRoot(pod, "scontrol", "requeue"));
    again("requeued and held", "held-off", pod -> hands.asRoot(pod, "scontrol", "requeuehold"));
    again(
        "requeued in a special state",
        "special",
        pod -> hands.asRoot(pod, "scontrol", "requeuehold", "State=SpecialExit"));
    ObjectNode weak = restarted(preemptable("weak"), "OnFailure");
    again("preempted, OnFailure", weak, hands::preempt).until(says("preempted, OnFailure"));
    nextRun("preempted, OnFailure");
  }

  private void again(String what, String pod, Consumer<String> taken) {
    String name = what + ", Always";
    again(name, restarted(forEver(site, pod), "Always"), taken).until(says(name));
    nextRun(name);
  }

  private ForcedEndings.Row again(String name, ObjectNode pod, Consumer<String> taken) {
    String of = pod.at("/metadata/name").asText();
    return states.row(name, pod).once(ForcedEndings::runs, () -> taken.accept(of));
  }

  private void nextRun(String name) {
    ForcedEndings.Row row = states.rows().get(name);
    row.then(name + ": its next run", () -> hands.startAgain(row.pod)).until(ForcedEndings::runs);
  }

  private static ObjectNode restarted(ObjectNode pod, String policy) {
    NodePods.spec(pod).put("restartPolicy", policy);
    return pod;
  }

  private ObjectNode preemptable(String name) {
    ObjectNode pod = asking(forEver(site, name), "qos", "lowly");
    NodePods.main(pod).withObject("/resources/requests").put("memory", MOST);
    return pod;
  }

  private void jobsThatHaveNoSecondRun() {
    states
        .row("requeued, Never", site.gated("once"))
        .once(
            ForcedEndings::runs,
            () -> {
              hands.requeueInVain("once");
              hands.openGate("once");
            });
    lasting("preempted, Never", preemptable("weak-once"), hands::preempt);
  }

  private void jobsThatStandStill() {
    again("suspended", site.gated("suspended"), pod -> hands.asRoot(pod, "scontrol", "suspend"))
        .until(says("suspended"))
        .then("resumed", () -> goOn("suspended", "scontrol", "resume"));
    again("stopped", site.gated("stopped"), pod -> hands.asRoot(pod, "scancel", "-s", "STOP"))
        .until(says("stopped"))
        .then("continued", () -> goOn("stopped", "scancel", "-s", "CONT"));
  }

  private void jobInAStateOfAnotherSlurm() {
    again(STRANGE, site.gated("strange"), hands::tellAnotherState)
        .until(says(STRANGE))
        .then(KNOWN_AGAIN, () -> hands.tellTheTruth("strange"));
  }

  private void goOn(String pod, String... command) {
    hands.asRoot(pod, command);
    hands.openGate(pod);
  }

  private void jobsThatEnd() {
    ended("cancelled by its user", "cancelled", pod -> hands.asUser(pod, "scancel"));
    ended("cancelled by the administrator", "forbidden", pod -> hands.asRoot(pod, "scancel"));
    ObjectNode always = restarted(forEver(site, "cancelled-too"), "Always");
    again("cancelled by its user, Always", always, pod -> hands.asUser(pod, "scancel"));
    lasting(
        "its time limit is reached",
        forEver(site, "late"),
        pod -> hands.update(pod, "EndTime=now+2"));
    ObjectNode hungry =
        site.pod("hungry", "x=$(head -c 300000000 /dev/zero | tr '\\0' x); " + FOR_EVER);
    NodePods.main(hungry).withObject("/resources").putObject("limits").put("memory", "128Mi");
    states.row("more memory than it asked for", hungry);
    ObjectNode gpu = site.pod("gpu", "[ $CUDA_VISIBLE_DEVICES = 0 ]");
    NodePods.main(gpu).withObject("/resources").putObject("limits").put("nvidia.com/gpu", "1");
    states.row("a GPU", gpu);
  }

  private void ended(String name, String pod, Consumer<String> how) {
    again(name, forEver(site, pod), how);
  }

  private void lasting(String name, ObjectNode pod, Consumer<String> how) {
    again(name, pod, how).untilReason(table.get(name).ending().reason());
  }

  private void nodes() {
    again("its node is drained", site.gated("drained"), hands::drain);
    String name = "its node goes down, Always";
    ObjectNode down = alone(restarted(forEver(site, "down"), "Always"));
    again(name, down, hands::takeNodeDown).until(says(name));
    nextRun(name);
    // Slurm may take the node for one that is back, and send others there.
    states
        .row("slurmd killed, and its node given up", alone(forEver(site, "orphan")))
        .onceOthersAreOver(ForcedEndings::runs, () -> hands.killSlurmd("orphan"));
  }

  /** All of Slurm's jobs suffer, so it comes last. */
  private void controller() {
    states
        .row("slurmctld killed, its state kept", site.gated("kept"))
        .onceOthersAreOver(ForcedEndings::runs, () -> hands.killController("kept"));
    states
        .row("slurmctld starts without its state", forEver(site, "lost"))
        .onceOthersAreOver(ForcedEndings::runs, hands::startControllerWithoutState);
    ObjectNode always = restarted(forEver(site, "lost-too"), "Always");
    states.row("…, while a job runs whose pod is restarted", always);
    states.row("…, while a job waits", parked("lost-waiting"));
  }

  private Predicate<JsonNode> says(String name) {
    String words = table.get(name).words();
    return pod -> messages(pod).contains(words);
  }

  private ForcedEndings.Row said(String name, ObjectNode pod) {
    return states.row(name, pod).until(says(name));
  }

  /** All that the pod says for people at present. */
  private static String messages(JsonNode pod) {
    List<String> said = new ArrayList<>(List.of(pod.at("/status/message").asText()));
    for (JsonNode container : Ending.containers(pod)) {
      container.path("state").forEach(state -> said.add(state.path("message").asText()));
    }
    for (JsonNode condition : pod.at("/status/conditions")) {
      if (condition.path("type").asText().startsWith("interlink.ee/")) {
        said.add(condition.path("message").asText());
      }
    }
    return said.stream().filter(words -> !words.isEmpty()).collect(Collectors.joining("; "));
  }
}
