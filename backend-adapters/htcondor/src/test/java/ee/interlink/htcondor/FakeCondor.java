package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.site.LocalShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * HTCondor's commands as small scripts that run jobs as processes of this host and speak as one
 * version does; fake-condor/README.md says where its words come from.
 */
final class FakeCondor {
  /** Whose jobs they are to the schedd; the processes are of the account of this one. */
  static final AccountName ACCOUNT = new AccountName("alice");

  private final Path root;

  /**
   * @param root an empty folder
   * @param version 10, 23 or 25
   */
  FakeCondor(Path root, String version) throws IOException {
    this.root = root;
    Path source = source();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = root.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
        copy.toFile().setExecutable(copy.getParent().endsWith("bin"));
      }
    }
    for (String folder : List.of("jobs", "clusters")) {
      Files.createDirectory(root.resolve(folder));
    }
    Files.writeString(root.resolve("version"), version + "\n");
  }

  private static Path source() {
    try {
      return Path.of(FakeCondor.class.getResource("/fake-condor").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  BatchDriver driver() {
    return new HtcondorDriver((settings, account) -> new LocalShell(environment()));
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH", root.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin",
        "HOME", root.toString(),
        "USER", ACCOUNT.value());
  }

  BackendSettings settings(String... more) {
    Map<String, String> values = new TreeMap<>();
    values.put("runtime", "none");
    values.put("queue-interval", "PT0.2S");
    values.put("default-memory-mib", "200");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return new BackendSettings(new BackendName("fake"), "htcondor", values);
  }

  /** A switch of the fake: the commands look whether the file is there. */
  void turn(String name, boolean on) {
    try {
      if (on) {
        Files.writeString(root.resolve(name), "");
      } else {
        Files.deleteIfExists(root.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long asked(String command) throws IOException {
    Path asked = root.resolve("asked");
    return Files.exists(asked)
        ? Files.readAllLines(asked).stream().filter(command::equals).count()
        : 0;
  }
}
