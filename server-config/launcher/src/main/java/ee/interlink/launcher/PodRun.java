package ee.interlink.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One manifest's whole way: handed over, followed, and taken back if somebody presses Ctrl-C. */
final class PodRun {
  /** Above the longest grace period that anybody waits for at a terminal. */
  private static final Duration DELETE_LIMIT = Duration.ofMinutes(3);

  private static final Duration LOOK = Duration.ofMillis(200);
  private final SharedServer server;
  private final Console console;
  private final PrintStream out;
  private final Portal portal;

  PodRun(SharedServer server, Console console, PrintStream out) {
    this.server = server;
    this.console = console;
    this.out = out;
    this.portal = new Portal(server.address());
  }

  int run(Path manifest, Optional<String> wanted) throws LaunchException, InterruptedException {
    PodStatus pod;
    try {
      JsonNode backends = portal.backends();
      String backend = BackendChoice.of(backends, wanted);
      BackendChoice.remarks(backends, backend).forEach(console::say);
      pod = portal.create(manifest, backend);
      console.say("pod " + pod.title() + ", uid " + pod.uid() + ", backend " + backend);
    } catch (IOException e) {
      server.mustBeAlive();
      throw new LaunchException("the server did not take the pod: " + e);
    }
    try {
      return new PodFollower(portal, server, console, out).follow(pod);
    } catch (InterruptedException e) {
      takeBack(pod);
      throw e;
    }
  }

  private void takeBack(PodStatus pod) throws LaunchException {
    console.say("deleting pod " + pod.title());
    Instant limit = Instant.now().plus(DELETE_LIMIT);
    try {
      portal.delete(pod.uid());
      while (portal.get(pod.uid()).isPresent()) {
        if (Instant.now().isAfter(limit)) {
          throw new LaunchException(
              "its job is still there after " + DELETE_LIMIT.toSeconds() + " s");
        }
        Thread.sleep(LOOK.toMillis());
      }
      console.say("its job is gone");
    } catch (IOException e) {
      server.mustBeAlive();
      throw new LaunchException("cannot tell whether its job is gone: " + e);
    } catch (InterruptedException e) {
      throw new LaunchException("told to hurry; its job may still be there");
    }
  }
}
