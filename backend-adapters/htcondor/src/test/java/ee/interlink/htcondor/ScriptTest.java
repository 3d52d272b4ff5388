package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.site.jobs.Scheduler;
import ee.interlink.site.jobs.ScriptContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
  @TempDir static Path tokens;

  private static Scheduler scheduler(Map<String, String> settings) throws Exception {
    BackendSettings backend = new BackendSettings(new BackendName("pool"), "htcondor", settings);
    return new HtcondorScheduler(HtcondorSettings.read(backend), new AccountName("alice"));
  }

  @Nested
  class OfASharedDirectory extends ScriptContract {
    @Override
    protected Scheduler scheduler() throws Exception {
      return ScriptTest.scheduler(Map.of());
    }
  }

  @Nested
  class OfARemoteSchedd extends ScriptContract {
    @Override
    protected Scheduler scheduler() throws Exception {
      return ScriptTest.scheduler(
          Map.of(
              "schedd", "ap.example.org",
              "collector", "cm.example.org:9618",
              "token-directory", tokens.toString()));
    }
  }
}
