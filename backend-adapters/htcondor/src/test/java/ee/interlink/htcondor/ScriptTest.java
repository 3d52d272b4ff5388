package ee.interlink.htcondor;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.site.jobs.Scheduler;
import ee.interlink.site.jobs.ScriptContract;
import java.util.Map;

class ScriptTest extends ScriptContract {
  @Override
  protected Scheduler scheduler() throws Exception {
    BackendSettings backend = new BackendSettings(new BackendName("pool"), "htcondor", Map.of());
    return new HtcondorScheduler(HtcondorSettings.read(backend));
  }
}
