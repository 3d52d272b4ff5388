package ee.interlink.testbed;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things lie in the source tree, from whatever folder of it a build runs. */
public final class Project {
  private static final String JAR = "server-config/micro/target/interlink-ee.jar";

  private Project() {}

  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("server-config"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "not inside the source tree: " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }

  /** The jar under test; the system property {@code interlink.jar} names another one. */
  public static Path jar() {
    Path jar = Path.of(System.getProperty("interlink.jar", root().resolve(JAR).toString()));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("there is no " + jar + ": build server-config/micro first");
    }
    return jar;
  }

  /** The options that the project starts its server with. */
  public static Path jvmOptions() {
    return root().resolve("server-config/micro/jvm.options");
  }
}
