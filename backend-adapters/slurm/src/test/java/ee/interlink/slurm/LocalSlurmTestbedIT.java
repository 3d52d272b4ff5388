package ee.interlink.slurm;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.site.jobs.SiteTestbed;
import ee.interlink.site.jobs.SiteTestbedContract;

/** The contract with Slurm's commands of the host that runs the service, without SSH. */
class LocalSlurmTestbedIT extends SiteTestbedContract {
  @Override
  protected BatchDriver driver() {
    return new SlurmDriver(SiteTestbed::open);
  }

  @Override
  protected BackendSettings settings() {
    return SiteTestbed.withoutSsh(super.settings());
  }
}
