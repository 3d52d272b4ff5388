package ee.interlink.slurm;

import static org.awaitility.Awaitility.await;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.site.LocalShell;
import ee.interlink.site.SiteShell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Slurm's commands as small scripts that run jobs as processes of this host. */
final class FakeSlurm {
  final Path root;

  FakeSlurm(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("jobs"));
    for (String command : List.of("sbatch", "run-job", "squeue", "sacct", "scancel", "sinfo")) {
      Path file = root.resolve("bin").resolve(command);
      try (InputStream script = FakeSlurm.class.getResourceAsStream("/fake-slurm/" + command)) {
        Files.copy(script, file);
      }
      file.toFile().setExecutable(true);
    }
  }

  BatchDriver driver() {
    return driver(shell -> shell);
  }

  /**
   * @param change to the shell, for what goes wrong on the way to the site
   */
  BatchDriver driver(UnaryOperator<SiteShell> change) {
    return new SlurmDriver((settings, account) -> change.apply(new LocalShell(environment())));
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH", root.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin",
        "HOME", root.toString(),
        "USER", System.getProperty("user.name"));
  }

  BackendSettings settings(String... more) {
    Map<String, String> values = new TreeMap<>();
    values.put("runtime", "none");
    values.put("queue-interval", "PT0.2S");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return new BackendSettings(new BackendName("fake"), "slurm", values);
  }

  /** A switch of the fake: the commands look whether the file is there. */
  void turn(String name, boolean on) throws IOException {
    Path file = root.resolve(name);
    if (on) {
      Files.writeString(file, "");
    } else {
      Files.deleteIfExists(file);
    }
  }

  /** Ends what still runs, and waits until nothing writes below the root any more. */
  void end() throws IOException {
    turn("slow", false);
    await().atMost(Duration.ofSeconds(30)).until(this::isOver);
  }

  private boolean isOver() throws IOException {
    try (Stream<Path> jobs = Files.list(root.resolve("jobs"))) {
      return jobs.allMatch(FakeSlurm::isOver);
    }
  }

  private static boolean isOver(Path job) {
    try {
      Path pid = job.resolve("pid");
      if (Files.exists(pid)) {
        Optional<ProcessHandle> process =
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        if (process.isEmpty()) {
          return true; // it may have been ended before it could say so
        }
        process.get().destroy();
      }
      return Files.exists(job.resolve("parked"))
          || !Set.of("PENDING", "RUNNING").contains(Files.readString(job.resolve("state")).strip());
    } catch (IOException | NumberFormatException e) {
      return false; // being written at this moment
    }
  }

  long asked(String command) throws IOException {
    Path asked = root.resolve("asked");
    return Files.exists(asked)
        ? Files.readAllLines(asked).stream().filter(command::equals).count()
        : 0;
  }
}
