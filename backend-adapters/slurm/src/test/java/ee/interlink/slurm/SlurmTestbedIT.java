package ee.interlink.slurm;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriverContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract with a real Slurm, over SSH, in containers. */
@Tag("testbed")
class SlurmTestbedIT extends BatchDriverContract {
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
    return new SlurmDriver();
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
  protected String image() {
    return Testbed.IMAGE;
  }
}
