package ee.interlink.slurm;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.site.jobs.SiteTestbedContract;

/** The same by slurmrestd, with SSH for what is in the jobs' folders. */
class SlurmrestdTestbedIT extends SiteTestbedContract {
  @Override
  protected BatchDriver driver() {
    return new SlurmDriver();
  }

  @Override
  protected BackendSettings settings() {
    return ofItsOwn(testbed.settings(driver(), testbed.slurmrestd()));
  }
}
