package ee.interlink.htcondor;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.JobId;
import ee.interlink.site.jobs.SiteTestbed;
import ee.interlink.site.jobs.SiteTestbedContract;

/** The contract with the schedd of the host that runs the commands, without SSH. */
class LocalScheddTestbedIT extends SiteTestbedContract {
  @Override
  protected BatchDriver driver() {
    return new HtcondorDriver(SiteTestbed::open);
  }

  @Override
  protected BackendSettings settings() {
    return SiteTestbed.withoutSsh(super.settings());
  }

  @Override
  protected JobId unusedJobId() {
    return new JobId("999999999.0");
  }
}
