package ee.interlink.launcher;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** From nothing to a server that takes pods. */
final class ServerStart {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(200);
  private final Options options;
  private final ServerLog log;
  private final Console console;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  ServerStart(Options options, ServerLog log, Console console) {
    this.options = options;
    this.log = log;
    this.console = console;
  }

  ServerRecord launch() throws IOException {
    ServerHome home = new ServerHome(options.home());
    home.prepare();
    ProcessBuilder server =
        new ProcessBuilder(ServerCommand.of(options, home))
            .directory(options.home().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.fresh())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    server.environment().put("INTERLINK_CONFIG", home.configuration().toString());
    console.say("starting the server (log: " + log + ")");
    return ServerRecord.of(server.start().toHandle(), options.port());
  }

  void awaitReady(ServerRecord server) throws LaunchException, InterruptedException {
    Instant begun = Instant.now();
    while (!ready(server.port())) {
      if (server.process().isEmpty()) {
        throw new LaunchException(log.obituary());
      }
      Duration sofar = Duration.between(begun, Instant.now());
      if (sofar.compareTo(START_LIMIT) > 0) {
        throw new LaunchException(
            "the server is not ready after " + START_LIMIT.toSeconds() + " s; see " + log);
      }
      console.progress("starting the server … " + sofar.toSeconds() + " s");
      Thread.sleep(LOOK.toMillis());
    }
    long tenths = Duration.between(begun, Instant.now()).toMillis() / 100;
    console.say("server ready after " + tenths / 10 + "." + tenths % 10 + " s");
  }

  /** By REST itself: Payara's readiness is up as soon as the checks are, before any resource is. */
  private boolean ready(int port) throws InterruptedException {
    URI probe = URI.create("http://127.0.0.1:" + port + "/api/v1/backends");
    HttpRequest request = HttpRequest.newBuilder(probe).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** TERM, and KILL for one that does not hear it. */
  static void end(ProcessHandle process, Duration limit) {
    process.destroy();
    try {
      process.onExit().get(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
    } catch (InterruptedException | ExecutionException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
