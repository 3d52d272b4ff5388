package ee.interlink.launcher;

import java.time.Duration;

/** {@code ./run} without a manifest: says where everything is and stays. */
final class KeepUp {
  private static final Duration LOOK = Duration.ofMillis(500);
  private final SharedServer server;
  private final Console console;

  KeepUp(SharedServer server, Console console) {
    this.server = server;
    this.console = console;
  }

  int run() throws InterruptedException, LaunchException {
    String base = server.address().toString();
    console.say("  REST           " + base + "/api/v1/pods   /api/v1/backends");
    console.say("  interLink API  " + base + "   /create /status /getLogs /delete /pinglink");
    console.say("  OpenAPI        " + base + "/openapi");
    console.say("  health         " + base + "/health");
    console.say("Ctrl-C stops it.");
    while (true) {
      server.mustBeAlive();
      Thread.sleep(LOOK.toMillis());
    }
  }
}
