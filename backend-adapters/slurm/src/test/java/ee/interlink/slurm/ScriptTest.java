package ee.interlink.slurm;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.site.jobs.Scheduler;
import ee.interlink.site.jobs.ScriptContract;
import java.util.Map;

class ScriptTest extends ScriptContract {
  @Override
  protected Scheduler scheduler() throws Exception {
    BackendSettings backend = new BackendSettings(new BackendName("hpc"), "slurm", Map.of());
    return new SlurmScheduler(SlurmSettings.read(backend));
  }
}
