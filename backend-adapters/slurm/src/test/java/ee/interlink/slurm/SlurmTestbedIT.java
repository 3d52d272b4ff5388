package ee.interlink.slurm;

import ee.interlink.batch.BatchDriver;
import ee.interlink.site.jobs.SiteTestbedContract;

class SlurmTestbedIT extends SiteTestbedContract {
  @Override
  protected BatchDriver driver() {
    return new SlurmDriver();
  }
}
