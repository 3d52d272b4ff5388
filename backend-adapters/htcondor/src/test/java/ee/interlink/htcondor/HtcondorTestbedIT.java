package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriverContract;
import ee.interlink.batch.JobId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract with a real HTCondor, over SSH, in containers. */
@Tag("testbed")
class HtcondorTestbedIT extends BatchDriverContract {
  private static Testbed testbed;

  @BeforeAll
  static void enter() throws Exception {
    testbed = new Testbed();
  }

  @AfterAll
  static void leave() throws Exception {
    testbed.remove();
  }

  @Override
  protected BatchDriver driver() {
    return new HtcondorDriver();
  }

  @Override
  protected BackendSettings settings() {
    return testbed.settings();
  }

  @Override
  protected AccountName account() {
    return Testbed.ALICE;
  }

  @Override
  protected JobId unusedJobId() {
    return new JobId("999999999.0");
  }

  @Override
  protected String image() {
    return Testbed.IMAGE;
  }
}
