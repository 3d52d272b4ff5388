package ee.interlink.offload.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.DatabaseSettings;
import ee.interlink.offload.SamplePod;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered survives a kill: with the database as it is without any configuration. */
class KilledWriterTest {
  private static final int ENOUGH = 60;
  @TempDir Path state;

  @Test
  void every_intent_that_was_answered_is_there_after_a_kill() throws Exception {
    Set<PodUid> answered = writeUntilKilled();
    assertThat(answered).hasSizeGreaterThanOrEqualTo(ENOUGH);
    try (LocalJournal journal = open(state)) {
      Set<PodUid> found = new HashSet<>();
      journal.open().forEach(entry -> found.add(entry.uid()));
      assertThat(found).containsAll(answered);
    }
  }

  private Set<PodUid> writeUntilKilled() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Writer.class.getName(), state.toString()));
    Process writer =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Set<PodUid> answered = new HashSet<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answered.add(new PodUid(line));
        if (answered.size() == ENOUGH) {
          writer.toHandle().destroyForcibly(); // SIGKILL; it goes on writing until then
        }
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
    return answered;
  }

  private static LocalJournal open(Path state) {
    DatabaseSettings settings =
        DatabaseSettings.from(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(
                        Map.of("interlink.state.directory", state.toString()), "test", 100))
                .build());
    return new LocalJournal(settings.url(), settings.user(), settings.password());
  }

  /** The process to be killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      try (LocalJournal journal = open(Path.of(args[0]))) {
        while (!Thread.currentThread().isInterrupted()) {
          PodEntry entry = SampleEntry.of(SamplePod.freshUid());
          journal.accept(entry, SampleEntry.NOON);
          System.out.println(entry.uid());
          System.out.flush();
        }
      }
    }
  }
}
