package ee.interlink.htcondor;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.JobId;
import ee.interlink.site.jobs.SiteTestbedContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a schedd that is reached with a token, and shares no file system with us. */
class RemoteScheddTestbedIT extends SiteTestbedContract {
  @TempDir Path place;

  @Override
  protected BatchDriver driver() {
    return new HtcondorDriver();
  }

  @Override
  protected BackendSettings settings() {
    return ofItsOwn(testbed.settingsOfRemoteSchedd(driver(), place));
  }

  @Override
  protected boolean updates() {
    return false;
  }

  @Override
  protected boolean keepsAllOutput() {
    return true;
  }

  @Override
  protected JobId unusedJobId() {
    return new JobId("999999999.0");
  }
}
