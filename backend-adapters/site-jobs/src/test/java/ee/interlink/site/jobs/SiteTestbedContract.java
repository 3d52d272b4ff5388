package ee.interlink.site.jobs;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriverContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract with a real scheduler, over SSH, in containers. */
@Tag("testbed")
public abstract class SiteTestbedContract extends BatchDriverContract {
  private static SiteTestbed testbed;

  @BeforeAll
  static void enter() throws Exception {
    testbed = new SiteTestbed();
  }

  @AfterAll
  static void leave() throws Exception {
    testbed.remove();
  }

  @Override
  protected BackendSettings settings() {
    return testbed.settings(driver());
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
