package ee.interlink.testbed;

import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The runnable jar as a child process, on a free port, with a folder of its own. Started again
 * after its end, it finds the state of before.
 */
public final class Server implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  private final Path home;
  private final List<String> javaOptions;
  private final int port;
  private Process process;
  private Duration startTime = Duration.ZERO;

  private Server(Path home, List<String> javaOptions) throws IOException {
    this.home = home;
    this.javaOptions = List.copyOf(javaOptions);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  /**
   * A server that is not started yet.
   *
   * @param home an empty folder for its configuration, state and log
   * @param properties {@code interlink.*}; the state directory is set here
   */
  public static Server in(Path home, Map<String, String> properties, String... javaOptions) {
    try {
      Files.createDirectories(home.resolve("tmp"));
      Properties all = new Properties();
      all.putAll(Inside.wanted() ? Inside.readable(home, properties) : properties);
      all.put("interlink.state.directory", home.resolve("state").toString());
      try (BufferedWriter out = Files.newBufferedWriter(home.resolve("interlink.properties"))) {
        all.store(out, null);
      }
      return new Server(home, List.of(javaOptions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, and returns once it answers. */
  public Server start() {
    Instant begin = Instant.now();
    launch();
    try {
      awaitAnswer();
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
    startTime = Duration.between(begin, Instant.now());
    return this;
  }

  private void awaitAnswer() {
    PortalClient portal = portal();
    await("the server of " + home)
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .failFast("the server has ended, see " + log(), () -> !process.isAlive())
        .failFast("the application does not start, see " + log(), this::refused)
        .until(() -> !portal.backends().isMissingNode());
  }

  /** The server outlives an application that it could not deploy. */
  private boolean refused() {
    String log = logText();
    return log.contains("Exception while deploying")
        || log.contains("Exception while loading the app");
  }

  private void launch() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Project.jvmOptions());
    command.addAll(javaOptions);
    command.add("-Djava.io.tmpdir=" + home.resolve("tmp"));
    command.addAll(List.of("-jar", Project.jar().toString(), "--port", Integer.toString(port)));
    ProcessBuilder builder =
        new ProcessBuilder(Inside.wanted() ? Inside.command(home, command) : command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().put("INTERLINK_CONFIG", home.resolve("interlink.properties").toString());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a power cut would: no shutdown hook runs. */
  public void kill9() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** As an administrator would, by TERM. */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Stops it if it runs; its folder stays. */
  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      stop();
    }
  }

  private void awaitEnd() {
    try {
      await("the end of the server").atMost(STOP_LIMIT).until(() -> !process.isAlive());
    } catch (ConditionTimeoutException e) {
      try {
        throw new IllegalStateException(
            "the server does not end, see " + log() + ": " + atWork(), e);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** Where in our code its threads are; all of it goes to the log. */
  private String atWork() {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String threads = Execution.of(List.of(jcmd, Long.toString(pid()), "Thread.print")).out();
    try {
      Files.writeString(log(), threads, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return threads
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("at ee.interlink"))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public PortalClient portal() {
    return new PortalClient(address());
  }

  public WireClient wire() {
    return new WireClient(address());
  }

  /** Standard output and error of all its lives, in the order of time. */
  public Path log() {
    return home.resolve("server.log");
  }

  public String logText() {
    try {
      return new String(Files.readAllBytes(log()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Journal and staged pods. */
  public Path state() {
    return home.resolve("state");
  }

  public long pid() {
    return process.pid();
  }

  /** From the start of the process to its first answer, of the latest start. */
  public Duration startTime() {
    return startTime;
  }

  public Memory memory() {
    return Memory.of(pid());
  }
}
