package ee.interlink.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Shows a pod's phases and output until it has ended. */
final class PodFollower {
  private static final Duration LOOK = Duration.ofMillis(200);

  /** How long the rest of a log may take once the pod has ended. */
  private static final Duration LOG_LIMIT = Duration.ofSeconds(30);

  private final Portal portal;
  private final SharedServer server;
  private final Console console;
  private final PrintStream out;
  private final Map<String, Thread> logs = new LinkedHashMap<>();

  PodFollower(Portal portal, SharedServer server, Console console, PrintStream out) {
    this.portal = portal;
    this.server = server;
    this.console = console;
    this.out = out;
  }

  int follow(PodStatus created) throws LaunchException, InterruptedException {
    PodStatus pod = created;
    String said = "";
    while (true) {
      if (pod.ended()) {
        finishLogs(pod);
      }
      if (!pod.headline().equals(said)) {
        said = pod.headline();
        console.say(said);
      }
      if (pod.ended()) {
        return verdict(pod);
      }
      openLogs(pod);
      Thread.sleep(LOOK.toMillis());
      pod = look(pod);
    }
  }

  private PodStatus look(PodStatus last) throws LaunchException {
    try {
      Optional<PodStatus> pod = portal.get(last.uid());
      return pod.orElseThrow(() -> new LaunchException("the pod was deleted by somebody else"));
    } catch (IOException e) {
      server.mustBeAlive();
      console.progress("the server does not answer: " + e.getMessage());
      return last;
    }
  }

  private void openLogs(PodStatus pod) {
    boolean named = pod.declared().size() > 1;
    for (ContainerStatus container : pod.containers()) {
      if (container.started()) {
        logs.computeIfAbsent(
            container.name(), name -> LogFollower.start(portal, pod.uid(), name, named, out));
      }
    }
  }

  private void finishLogs(PodStatus pod) throws InterruptedException {
    openLogs(pod);
    for (Thread log : logs.values()) {
      log.join(LOG_LIMIT.toMillis());
    }
  }

  private int verdict(PodStatus pod) {
    for (ContainerStatus container : pod.containers()) {
      if (container.exitCode().isPresent()) {
        String reason = container.reason().isEmpty() ? "" : " (" + container.reason() + ")";
        console.say(
            "container "
                + container.name()
                + ": exit code "
                + container.exitCode().getAsInt()
                + reason);
      }
    }
    return pod.exitCode();
  }
}
