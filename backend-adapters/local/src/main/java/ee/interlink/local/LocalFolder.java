package ee.interlink.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.batch.PodUid;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.VolumeUpdate;
import ee.interlink.runner.JobArchive;
import ee.interlink.runner.JobDirectory;
import ee.interlink.runner.SpoolEntry;
import ee.interlink.runner.VolumeUpdates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The folder of one local backend: job directories and the spool. */
final class LocalFolder {
  static final String UNFINISHED = ".new-";

  private static final Duration ABANDONED = Duration.ofHours(1);
  private static final long PATIENCE_SECONDS = 60;

  private final Path path;
  private final Path spool;

  private LocalFolder(Path path) {
    this.path = path;
    this.spool = Path.of(JobDirectory.spool(path.toString()));
  }

  /** Makes it if need be; no other account may look inside. */
  static LocalFolder open(Path path, Instant now) throws IOException, InterruptedException {
    LocalFolder folder = new LocalFolder(path);
    var onlyOwner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(folder.spool, onlyOwner);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(path, UNFINISHED + "*")) {
      for (Path unfinished : left) {
        if (Files.getLastModifiedTime(unfinished).toInstant().plus(ABANDONED).isBefore(now)) {
          remove(unfinished); // of a server that crashed while it wrote; has secrets
        }
      }
    }
    return folder;
  }

  LocalJob job(PodUid pod) {
    return new LocalJob(path, pod);
  }

  /** The names of all events, oldest first. */
  List<SpoolEntry> events() throws IOException {
    List<SpoolEntry> events = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(spool)) {
      for (Path file : files) {
        SpoolEntry.parse(file.getFileName().toString()).ifPresent(events::add);
      }
    }
    events.sort(Comparator.comparing(SpoolEntry::at).thenComparing(SpoolEntry::kind));
    return events;
  }

  void forget(List<SpoolEntry> events) throws IOException {
    for (SpoolEntry event : events) {
      Files.deleteIfExists(spool.resolve(event.format()));
    }
  }

  void discard(PodUid pod) throws IOException, InterruptedException {
    remove(job(pod).path());
    forget(events().stream().filter(event -> event.pod().equals(pod)).toList());
  }

  /** By the text that does it at a site, too. */
  List<UpdateOutcome> update(List<VolumeUpdate> updates) throws IOException, InterruptedException {
    String arrivals = UUID.randomUUID().toString();
    List<String> command =
        new ArrayList<>(
            List.of("bash", "-c", VolumeUpdates.script(), "interlink", path.toString()));
    command.addAll(VolumeUpdates.arguments(arrivals, updates));
    ProcessBuilder update = new ProcessBuilder(command);
    update.environment().remove("backend");
    Process running = update.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream in = running.getOutputStream()) {
      JobArchive.write(VolumeUpdates.files(arrivals, updates), in);
    }
    String answer = new String(running.getInputStream().readAllBytes(), UTF_8);
    if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || running.exitValue() != 0) {
      running.destroyForcibly();
      throw new IOException("cannot put newer files into the volumes below " + path);
    }
    return VolumeUpdates.outcomes(answer, updates)
        .orElseThrow(() -> new IOException("no answer about the volumes below " + path));
  }

  /**
   * By the machine's own means: a container may leave folders that even their owner cannot enter.
   */
  static void remove(Path folder) throws IOException, InterruptedException {
    if (!Files.exists(folder)) {
      return;
    }
    String script = "chmod -R u+rwX -- \"$1\" 2>/dev/null; rm -rf -- \"$1\"";
    Process removal =
        new ProcessBuilder("bash", "-c", script, "bash", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!removal.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || removal.exitValue() != 0) {
      removal.destroyForcibly();
      throw new IOException("cannot remove " + folder);
    }
  }
}
