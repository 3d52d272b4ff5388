package ee.interlink.offload.journal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server of this machine's own packages, with nothing in it, for one test class. */
final class ThrowAwayPostgres {
  static final String USER = "journal";
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private final Path binaries;
  private final Path directory;
  private final int port;

  private ThrowAwayPostgres(Path binaries, Path directory, int port) {
    this.binaries = binaries;
    this.directory = directory;
    this.port = port;
  }

  static boolean isAtHand() throws IOException {
    return binaries().isPresent() && (!isRoot() || Files.isExecutable(Path.of("/usr/bin/setpriv")));
  }

  private static Optional<Path> binaries() throws IOException {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  static ThrowAwayPostgres start(Path parent) throws IOException, InterruptedException {
    Path directory = parent.resolve("cluster");
    int port = freePort();
    ThrowAwayPostgres server = new ThrowAwayPostgres(binaries().orElseThrow(), directory, port);
    Files.createDirectory(directory);
    if (isRoot()) {
      openTheWay(parent);
      run(List.of("chown", "nobody", directory.toString()));
    }
    String pgdata = directory.toString();
    server.pg("initdb", "-D", pgdata, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
    String options = "-p %d -c listen_addresses=127.0.0.1 -c fsync=off".formatted(port);
    server.pg(
        "pg_ctl",
        "-D",
        pgdata,
        "-w",
        "-l",
        pgdata + "/log",
        "-o",
        options + " -c unix_socket_directories=",
        "start");
    return server;
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  void stop() throws IOException, InterruptedException {
    pg("pg_ctl", "-D", directory.toString(), "-m", "immediate", "-w", "stop");
  }

  /** PostgreSQL refuses to run as root. */
  private void pg(String program, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(args));
    run(command);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("postgres", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command + ": " + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  /** The other user has to get through a directory that is ours alone. */
  private static void openTheWay(Path parent) throws IOException, InterruptedException {
    run(List.of("chmod", "a+x", parent.toString()));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
