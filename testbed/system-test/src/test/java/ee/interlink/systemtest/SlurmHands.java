package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What the people of a site do to the jobs of pods, to Slurm's nodes and to its controller. */
final class SlurmHands {
  /** Somebody else of the site. */
  private static final String OTHER = "bob";

  /** What the controller must not lose, and where it lies while it is to be missing. */
  private static final String STATE = "/var/spool/slurmctld";

  private static final String ASIDE = STATE + ".aside";

  private final NodeSite site;
  private final ForcedEndings pods;
  private final Shadows shadows;

  SlurmHands(NodeSite site, ForcedEndings pods) {
    this.site = site;
    this.pods = pods;
    this.shadows = new Shadows(site.testbed());
  }

  private String id(String pod) {
    return pods.job(pod).id();
  }

  /** A command that ends with the job's id, by its owner. */
  void asUser(String pod, String... command) {
    site.testbed().as(Testbed.USER, with(id(pod), command)).output();
  }

  /** The same by the administrator. */
  void asRoot(String pod, String... command) {
    pods.asRoot(with(id(pod), command));
  }

  private static String[] with(String last, String... command) {
    return Stream.concat(Stream.of(command), Stream.of(last)).toArray(String[]::new);
  }

  void update(String pod, String what) {
    pods.asRoot("scontrol", "update", "JobId=" + id(pod), what);
  }

  void openGate(String pod) {
    site.gate().open(pods.uid(pod));
  }

  void releaseInto(String pod, String partition) {
    asUser(pod, "scontrol", "release");
    update(pod, "Partition=" + partition);
  }

  /** A job that was taken off its node, at once and not in two minutes. */
  void startAgain(String pod) {
    waitFor(pod + ": nothing of it runs").until(() -> !words(pod).equals("COMPLETING"));
    waitFor(pod + ": runs once more")
        .until(
            () -> {
              String id = id(pod);
              // Either is refused if it has started meanwhile.
              site.testbed().as("root", "scontrol", "release", id);
              site.testbed().as("root", "scontrol", "update", "JobId=" + id, "StartTime=now");
              return pods.job(pod).running();
            });
  }

  private String words(String pod) {
    return pods.job(pod).words();
  }

  void requeueInVain(String pod) {
    assertThat(site.testbed().as("root", "scontrol", "requeue", id(pod)).err())
        .contains("Requested operation is presently disabled");
  }

  /** No Slurm of today has a state that we do not know. */
  void tellAnotherState(String pod) {
    String job = pods.uid(pod);
    shadows.put("squeue", "/usr/bin/squeue \"$@\" | sed '/" + job + "/s/RUNNING   /TELEPORTED/'");
  }

  void tellTheTruth(String pod) {
    shadows.close();
    openGate(pod);
  }

  void dependOnWhatFailed(String pod) {
    String other = submit("failed", "--hold");
    site.testbed().as(OTHER, "scancel", other).output();
    asRoot(pod, "scontrol", "release");
    update(pod, "Dependency=afterok:" + other);
  }

  /** A job of somebody else whose QOS takes a node's memory from lesser ones. */
  void preempt(String pod) {
    submit("urgent", "--qos=urgent", "--nodelist=" + pods.node(pod), "--mem=200000M");
  }

  /** A job of somebody else; with its id. */
  String submit(String name, String... options) {
    List<String> before = List.of("sbatch", "--parsable", "--output=/dev/null", "-J", name);
    String[] command =
        Stream.of(before.stream(), Stream.of(options), Stream.of("--wrap", "sleep 600"))
            .flatMap(words -> words)
            .toArray(String[]::new);
    return site.testbed().as(OTHER, command).output().strip();
  }

  void awaitRunning(String job) {
    waitFor("somebody else's job")
        .until(() -> pods.asRoot("squeue", "-h", "-j", job, "-o", "%T").strip().equals("RUNNING"));
  }

  void cancelOther(String job) {
    site.testbed().as(OTHER, "scancel", job).output();
  }

  void drain(String pod) {
    String node = pods.node(pod);
    setNode(node, "DRAIN");
    waitFor(node + " drained")
        .until(() -> pods.asRoot("sinfo", "-h", "-n", node, "-o", "%T").startsWith("drain"));
    openGate(pod);
  }

  void takeNodeDown(String pod) {
    pods.takeDown(pods.node(pod));
  }

  /** As the controller does by itself after SlurmdTimeout, five minutes. */
  void killSlurmd(String pod) {
    String node = pods.node(pod);
    pods.asRoot("tb-svc", "kill", "slurmd-" + node);
    setNode(node, "DOWN");
  }

  private void setNode(String node, String state) {
    pods.asRoot("scontrol", "update", "NodeName=" + node, "State=" + state, "Reason=states");
  }

  /** A crash forgets what the controller has not written yet, which is that of some seconds. */
  void killController(String pod) {
    Instant before = Instant.now();
    update(pod, "TimeLimit=+1");
    waitFor("its state written").until(() -> written().isAfter(before));
    pods.asRoot("tb-svc", "kill", "slurmctld");
    pods.asRoot("tb-svc", "start", "slurmctld");
    openGate(pod);
  }

  private Instant written() {
    Path jobs = site.testbed().outside(STATE + "/job_state");
    try {
      return Files.getLastModifiedTime(jobs).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void startControllerWithoutState() {
    pods.asRoot("tb-svc", "stop", "slurmctld");
    pods.asRoot("mv", STATE, ASIDE);
    pods.asRoot("install", "-d", "-o", "slurm", "-g", "slurm", "-m", "700", STATE);
    pods.asRoot("tb-svc", "start", "slurmctld");
  }

  /** As it was before; of the jobs that come back thereby nothing runs any more. */
  void mend() {
    shadows.close();
    if (Files.exists(site.testbed().outside(ASIDE))) {
      pods.asRoot("tb-svc", "stop", "slurmctld");
      pods.asRoot("rm", "-r", STATE);
      pods.asRoot("mv", ASIDE, STATE);
    }
    pods.asRoot("tb-svc", "start", "slurmctld");
    site.testbed().as(OTHER, "scancel", "--me").output();
    site.batch().cancelByName(pods.uids());
    for (String node :
        site.testbed().as("root", "sinfo", "-h", "-N", "-p", "normal", "-o", "%N").lines()) {
      pods.asRoot("tb-svc", "start", "slurmd-" + node);
      pods.resume(node);
    }
  }
}
