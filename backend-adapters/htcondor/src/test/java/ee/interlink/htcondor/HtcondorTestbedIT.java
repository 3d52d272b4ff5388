package ee.interlink.htcondor;

import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.JobId;
import ee.interlink.site.jobs.SiteTestbedContract;

class HtcondorTestbedIT extends SiteTestbedContract {
  @Override
  protected BatchDriver driver() {
    return new HtcondorDriver();
  }

  @Override
  protected JobId unusedJobId() {
    return new JobId("999999999.0");
  }
}
