package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeUpdate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Newer files for the volumes of jobs: the text that puts them there, run beside the job
 * directories as {@code bash -c TEXT interlink BACKEND ARRIVALS POD...}, what it reads and what it
 * answers.
 */
public final class VolumeUpdates {
  private static final String HEAD = "interlink update";
  private static final String SCRIPT = read();

  private VolumeUpdates() {}

  /**
   * The text of the command; takes the backend's directory as it stands, or from {@code backend}.
   */
  public static String script() {
    return SCRIPT;
  }

  /**
   * What it reads, as one archive. The last file tells it that the stream has come to its end.
   *
   * @param arrivals a name for the folder where they arrive, used once: of lower-case letters,
   *     digits and dashes
   */
  public static List<JobFile> files(String arrivals, List<VolumeUpdate> updates) {
    List<JobFile> files = new ArrayList<>(List.of(new JobFile.Folder(arrivals)));
    for (VolumeUpdate update : updates) {
      String pod = arrivals + "/" + update.pod();
      files.add(new JobFile.Folder(pod));
      VolumeVersion version = VolumeVersion.at(update.at());
      for (Volume.Files volume : update.volumes()) {
        String folder = pod + "/" + volume.name();
        files.add(new JobFile.Folder(folder));
        version.content(volume).forEach(file -> files.add(file.below(folder)));
      }
    }
    files.add(new JobFile.Content(arrivals + "/.whole", 0600, new byte[0]));
    return files;
  }

  /** Its arguments after the backend's directory. */
  public static List<String> arguments(String arrivals, List<VolumeUpdate> updates) {
    List<String> arguments = new ArrayList<>(List.of(arrivals));
    updates.forEach(update -> arguments.add(update.pod().value()));
    return arguments;
  }

  /** How many bytes of files an update has. */
  public static long bytes(VolumeUpdate update) {
    return update.volumes().stream()
        .flatMap(volume -> volume.files().stream())
        .mapToLong(file -> file.content().length)
        .sum();
  }

  /**
   * Reads what it printed.
   *
   * @return in the order of the updates; one that it does not mention is for later. Empty if it is
   *     no answer
   */
  public static Optional<List<UpdateOutcome>> outcomes(String answer, List<VolumeUpdate> updates) {
    List<String> lines = answer.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      return Optional.empty();
    }
    Map<String, UpdateOutcome> outcomes = new HashMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "done" -> outcomes.put(words[1], UpdateOutcome.DONE);
        case "never" -> outcomes.put(words[1], UpdateOutcome.NEVER);
        default -> {
          // The head, or a pod that is for later.
        }
      }
    }
    return Optional.of(
        updates.stream()
            .map(update -> outcomes.getOrDefault(update.pod().value(), UpdateOutcome.LATER))
            .toList());
  }

  private static String read() {
    try (InputStream text = VolumeUpdates.class.getResourceAsStream("volume-update.sh")) {
      if (text == null) {
        throw new IllegalStateException("the archive has no volume-update.sh");
      }
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
