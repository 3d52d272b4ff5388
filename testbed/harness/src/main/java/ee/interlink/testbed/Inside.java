package ee.interlink.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server that runs inside the testbed's root folder as the account of its jobs, so that the batch
 * system's commands are its own: {@code testbed/inside.sh}.
 */
final class Inside {
  private static final Set<String> DRIVERS = Set.of(Testbed.LOCAL_SLURM, Testbed.LOCAL_HTCONDOR);

  private Inside() {}

  /** Whether servers are to run there: with one of these drivers of the tests. */
  static boolean wanted() {
    return DRIVERS.contains(Testbed.driver());
  }

  /** The same configuration, with files that the account may read in place of root's. */
  static Map<String, String> readable(Path home, Map<String, String> properties) {
    Map<String, String> readable = new HashMap<>(properties);
    properties.forEach(
        (key, value) -> {
          if (value.startsWith("/") && Files.isRegularFile(Path.of(value))) {
            Path file = Path.of(value);
            readable.put(key, file.startsWith(home) ? value : copy(file, home).toString());
          }
        });
    return readable;
  }

  private static Path copy(Path file, Path home) {
    try {
      Path folder = Files.createTempDirectory(home, "configuration-");
      return Files.copy(file, folder.resolve(file.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What starts this command there, as a process of ours; the folder becomes the account's. */
  static List<String> command(Path home, List<String> command) {
    Testbed testbed = Testbed.here();
    String account = testbed.as(Testbed.USER, "id", "-u").output().strip();
    Execution.of(List.of("chown", "-R", account, home.toString())).output();
    List<String> words = new ArrayList<>();
    words.addAll(List.of("env", "TESTBED_ROOT=" + testbed.setting("TESTBED_ROOT")));
    words.addAll(List.of(Project.root().resolve("testbed/inside.sh").toString()));
    words.addAll(List.of("-u", Testbed.USER, "-j", System.getProperty("java.home")));
    words.addAll(List.of("-b", Project.root().toString()));
    words.addAll(List.of("-b", Project.jar().getParent().toString()));
    words.addAll(command);
    return words;
  }
}
