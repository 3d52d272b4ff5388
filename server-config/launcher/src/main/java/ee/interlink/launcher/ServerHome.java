package ee.interlink.launcher;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;

/** The folder of a server started by {@code ./run}: all of its state, and nothing elsewhere. */
record ServerHome(Path folder) {

  void prepare() throws IOException {
    // A server that was killed leaves its unpacked parts here.
    if (Files.exists(scratch())) {
      try (Stream<Path> left = Files.walk(scratch())) {
        for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    Files.createDirectories(scratch());
    if (System.getenv("INTERLINK_CONFIG") == null) {
      writeConfiguration();
    }
  }

  Path scratch() {
    return folder.resolve("tmp");
  }

  /** The person's own, if there is one. */
  Path configuration() {
    String own = System.getenv("INTERLINK_CONFIG");
    return own == null ? folder.resolve("interlink.properties") : Path.of(own).toAbsolutePath();
  }

  private void writeConfiguration() throws IOException {
    Properties values = new Properties();
    values.setProperty("interlink.state.directory", folder.resolve("state").toString());
    values.setProperty("interlink.backends.local.driver", "local");
    values.setProperty("interlink.backends.local.directory", folder.resolve("jobs").toString());
    try (Writer out = Files.newBufferedWriter(configuration())) {
      values.store(out, "Written by ./run at each start; INTERLINK_CONFIG names one of your own");
    }
  }
}
