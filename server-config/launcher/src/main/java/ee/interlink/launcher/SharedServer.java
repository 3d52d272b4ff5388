package ee.interlink.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The one server of a home, started by the first that needs it and stopped by the last. */
@SuppressWarnings("try") // a door that is passed is held, not spoken to
final class SharedServer implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private final Tenancy tenancy;
  private final Path recordFile;
  private final Console console;
  private final ServerLog log;
  private ServerRecord record;

  private SharedServer(Options options, Tenancy tenancy, Console console) {
    this.tenancy = tenancy;
    this.recordFile = options.home().resolve("server");
    this.console = console;
    this.log = new ServerLog(options.home().resolve("server.log"));
  }

  static SharedServer join(Options options, Console console)
      throws LaunchException, InterruptedException {
    try {
      Tenancy tenancy = Tenancy.open(options.home());
      SharedServer server = new SharedServer(options, tenancy, console);
      try (FileLock door = tenancy.passDoor()) {
        server.enter(options);
        tenancy.stay();
        return server;
      } finally {
        if (server.record == null) {
          tenancy.close();
        }
      }
    } catch (FileLockInterruptionException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      throw new LaunchException("cannot use " + options.home() + ": " + e);
    }
  }

  private void enter(Options options) throws IOException, LaunchException, InterruptedException {
    Optional<ServerRecord> running = ServerRecord.read(recordFile);
    if (running.isPresent()) {
      record = running.get();
      console.say("using the server that is up at " + address() + " (log: " + log + ")");
      return;
    }
    ServerStart start = new ServerStart(options, log, console);
    ServerRecord started = start.launch();
    started.write(recordFile);
    try {
      start.awaitReady(started);
      record = started;
    } finally {
      if (record == null) {
        stop(started);
      }
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + record.port());
  }

  /** Ends the launch with the server's last words if it has died. */
  void mustBeAlive() throws LaunchException {
    if (record.process().isEmpty()) {
      throw new LaunchException(log.obituary());
    }
  }

  @Override
  public void close() throws LaunchException {
    // Locks do not work in an interrupted thread, and the interrupt has done its work.
    Thread.interrupted();
    try (tenancy;
        FileLock door = tenancy.passDoor()) {
      if (tenancy.leaveAsLast()) {
        stop(record);
      } else {
        console.say("the server stays up for another ./run that uses it");
      }
    } catch (IOException e) {
      throw new LaunchException("the server at " + address() + " was not stopped: " + e);
    }
  }

  private void stop(ServerRecord ending) throws IOException {
    console.progress("stopping the server");
    ending.process().ifPresent(process -> ServerStart.end(process, STOP_LIMIT));
    Files.deleteIfExists(recordFile);
  }
}
