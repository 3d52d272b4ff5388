package ee.interlink.site.jobs;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.PodUid;
import ee.interlink.site.Command;
import ee.interlink.site.CommandResult;
import ee.interlink.site.LocalShell;
import ee.interlink.site.SiteException;
import ee.interlink.site.SiteShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A service that says what it is told to, and the folders of its jobs on this host. */
abstract class OnPlainService {
  static final JobRef JOB = new JobRef(new PodUid("uid-1"), new JobId("7"));
  static final JobRef OTHER = new JobRef(new PodUid("uid-2"), new JobId("8"));

  @TempDir Path backend;

  /** The service's calls, and the texts that ran beside it, in their order. */
  final List<String> asked = new ArrayList<>();

  final PlainService service = new PlainService(asked);
  final SiteShell shell = new Recorded();

  /** A shell of this host, which has all the time that it needs. */
  private final class Recorded implements SiteShell {
    private final LocalShell here = new LocalShell();

    @Override
    public CommandResult run(Command command) throws SiteException, InterruptedException {
      String text = command.argv().get(2);
      Arrays.stream(Script.values())
          .filter(script -> script.text(service).equals(text))
          .forEach(script -> asked.add(script.name()));
      Duration limit = Duration.ofSeconds(60);
      return here.run(new Command(command.argv(), command.input(), limit, command.outputLimit()));
    }

    @Override
    public boolean isOpen() {
      return here.isOpen();
    }

    @Override
    public void close() {
      here.close();
    }
  }

  @AfterEach
  void leave() {
    shell.close();
  }

  /** A key, a value, and so on, beside those of every test. */
  final SiteSettings settings(String... more) throws Exception {
    Map<String, String> values = new TreeMap<>();
    values.put("directory", backend.toString());
    values.put("runtime", "none");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return SiteSettings.read(
        new SettingReader(new BackendSettings(new BackendName("hpc"), "plain", values)));
  }

  /** A file below the backend's directory. */
  final void write(String file, String content) throws IOException {
    Files.createDirectories(backend.resolve(file).getParent());
    Files.writeString(backend.resolve(file), content);
  }
}
