package ee.interlink.launcher;

import java.nio.file.Path;
import java.util.List;

/** The command line that starts the runnable jar. */
final class ServerCommand {
  private ServerCommand() {}

  /**
   * {@code setsid}, because Ctrl-C goes to the whole process group of a terminal: the pod is to be
   * deleted by a server that is still there.
   */
  static List<String> of(Options options, ServerHome home) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        "setsid",
        java.toString(),
        "@" + options.jvmOptions(),
        "-Djava.io.tmpdir=" + home.scratch(),
        "-jar",
        options.serverJar().toString(),
        "--port",
        Integer.toString(options.port()));
  }
}
