package ee.interlink.slurm;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.site.jobs.ScriptContract;
import ee.interlink.site.jobs.SiteScheduler;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class ScriptTest {
  private static SlurmSettings settings() throws Exception {
    return SlurmSettings.read(new BackendSettings(new BackendName("hpc"), "slurm", Map.of()));
  }

  @Nested
  class OfCommands extends ScriptContract {
    @Override
    protected SiteScheduler scheduler() throws Exception {
      return new SlurmScheduler(settings());
    }
  }

  /** Asked by slurmrestd; what has to do with submission and the queue is not run there. */
  @Nested
  class OfAService extends ScriptContract {
    @Override
    protected SiteScheduler scheduler() throws Exception {
      return new SlurmService(null, settings(), new AccountName("alice"), Clock.systemUTC());
    }

    @Override
    protected List<String> functions() {
      return List.of(
          "is_job_id",
          "tell_runner",
          "end_job",
          "end_rest",
          "log_file",
          "is_out_of_memory",
          "forget_job");
    }
  }
}
