package ee.interlink.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Which server runs from this home.
 *
 * @param pid its process
 * @param started tells it from a later process of the same pid
 * @param port where it listens on loopback
 */
record ServerRecord(long pid, Instant started, int port) {

  static ServerRecord of(ProcessHandle process, int port) {
    return new ServerRecord(process.pid(), startOf(process), port);
  }

  /** The recorded server, if its process is still there. */
  static Optional<ServerRecord> read(Path file) throws IOException {
    Properties values = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      values.load(in);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    ServerRecord recorded =
        new ServerRecord(
            Long.parseLong(values.getProperty("pid")),
            Instant.parse(values.getProperty("started")),
            Integer.parseInt(values.getProperty("port")));
    return recorded.process().map(alive -> recorded);
  }

  void write(Path file) throws IOException {
    Properties values = new Properties();
    values.setProperty("pid", Long.toString(pid));
    values.setProperty("started", started.toString());
    values.setProperty("port", Integer.toString(port));
    try (Writer out = Files.newBufferedWriter(file)) {
      values.store(out, null);
    }
  }

  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(it -> it.isAlive() && startOf(it).equals(started));
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
