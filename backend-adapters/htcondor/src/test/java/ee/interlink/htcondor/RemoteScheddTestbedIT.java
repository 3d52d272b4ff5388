package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriverContract;
import ee.interlink.site.jobs.SiteTestbed;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a schedd that is reached with a token, and shares no file system with us. */
@Tag("testbed")
class RemoteScheddTestbedIT extends BatchDriverContract {
  private static SiteTestbed testbed;
  @TempDir static Path place;

  @BeforeAll
  static void enter() throws Exception {
    testbed = new SiteTestbed();
  }

  @Override
  protected BatchDriver driver() {
    return new HtcondorDriver();
  }

  @Override
  protected BackendSettings settings() {
    return testbed.settingsOfRemoteSchedd(driver(), place);
  }

  @Override
  protected AccountName account() {
    return SiteTestbed.ALICE;
  }

  @Override
  protected String image() {
    return SiteTestbed.IMAGE;
  }
}
