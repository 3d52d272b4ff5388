package ee.interlink.testbed;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API server's process, to break it on purpose, and what it counts of its own work. */
public final class ApiServer {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String SERVER = "apiserver";
  private static final List<String> FOLLOWERS = List.of("controller-manager", "scheduler");
  private static final Pattern COUNTER = Pattern.compile("apiserver_request_total\\{(.*)} (\\S+)");

  private final Kube kube;

  ApiServer(Kube kube) {
    this.kube = kube;
  }

  /** By TERM; returns once it is gone. */
  public void stop() {
    part("stop");
  }

  /** As a crash would: all connections break at once. */
  public void kill() {
    part("kill");
  }

  /**
   * As it was before, if it does not run; returns once it is ready. Those that follow it begin
   * anew: each of their many informers would come back on its own, after a pause of up to a minute,
   * and until then a new namespace has no service account.
   */
  public void start() {
    if (execution("pid", SERVER).exitCode() == 0) {
      return;
    }
    part("start");
    for (String follower : FOLLOWERS) {
      part("stop", follower);
      part("start", follower);
    }
  }

  /** Its connections stay and it answers nothing. */
  public void pause() {
    part("pause");
  }

  public void resume() {
    part("resume");
  }

  private void part(String act) {
    part(act, SERVER);
  }

  private void part(String act, String name) {
    execution(act, name).output();
  }

  private Execution execution(String act, String name) {
    List<String> command =
        List.of(
            "env",
            "KUBE_TESTBED_ROOT=" + kube.setting("KUBE_TESTBED_ROOT"),
            "KUBE_TESTBED_PORT=" + kube.address().getPort(),
            Project.root().resolve("testbed/kube/part.sh").toString(),
            act,
            name);
    return Execution.of(command, LIMIT);
  }

  /**
   * How many requests of a kind it has answered since its start, whoever asked.
   *
   * @param verb as its metrics have it: {@code GET}, {@code LIST}, {@code WATCH}, {@code POST},
   *     {@code PUT}, {@code PATCH}, {@code DELETE}
   * @param resource for instance {@code pods}, or {@code pods/status}
   */
  public long requests(String verb, String resource) {
    String[] parts = (resource + "/").split("/", -1);
    List<String> labels =
        List.of(label("verb", verb), label("resource", parts[0]), label("subresource", parts[1]));
    return kube.kubectl("get", "--raw", "/metrics")
        .output()
        .lines()
        .map(COUNTER::matcher)
        .filter(Matcher::matches)
        .filter(counter -> labels.stream().allMatch(("," + counter.group(1) + ",")::contains))
        .mapToLong(counter -> (long) Double.parseDouble(counter.group(2)))
        .sum();
  }

  private static String label(String name, String value) {
    return "," + name + "=\"" + value + "\",";
  }
}
