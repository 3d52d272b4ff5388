package ee.interlink.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What {@code run} asks for; it has already checked what a person typed.
 *
 * @param home where the server's state, configuration and logs are
 * @param serverJar the runnable application
 * @param jvmOptions the file with its JVM's options
 * @param port where to listen if no server is up yet
 * @param manifest the pod, or empty to only keep the server up
 * @param backend the backend's name, or empty for the only one there is
 * @param live whether somebody watches on a terminal
 */
record Options(
    Path home,
    Path serverJar,
    Path jvmOptions,
    int port,
    Optional<Path> manifest,
    Optional<String> backend,
    boolean live) {

  static Options parse(String... words) {
    Deque<String> left = new ArrayDeque<>(List.of(words));
    Path home = Path.of(".run");
    Path jar = Path.of("server-config/micro/target/interlink-ee.jar");
    Path jvmOptions = Path.of("server-config/micro/jvm.options");
    int port = 8080;
    Optional<Path> manifest = Optional.empty();
    Optional<String> backend = Optional.empty();
    boolean live = false;
    while (!left.isEmpty()) {
      String word = left.remove();
      switch (word) {
        case "--home" -> home = Path.of(left.remove());
        case "--server-jar" -> jar = Path.of(left.remove());
        case "--jvm-options" -> jvmOptions = Path.of(left.remove());
        case "--port" -> port = Integer.parseInt(left.remove());
        case "--manifest" -> manifest = Optional.of(Path.of(left.remove()));
        case "--backend" -> backend = Optional.of(left.remove());
        case "--live" -> live = true;
        default -> throw new IllegalArgumentException("unknown option " + word);
      }
    }
    return new Options(
        home.toAbsolutePath(),
        jar.toAbsolutePath(),
        jvmOptions.toAbsolutePath(),
        port,
        manifest,
        backend,
        live);
  }
}
