package ee.interlink.htcondor;

import ee.interlink.batch.JobRef;
import org.junit.jupiter.api.Tag;

/** The same in a directory that the execute nodes share. */
@Tag("testbed")
class HtcondorFaultsTestbedIT extends HtcondorFaults {
  @Override
  protected String folder(JobRef job) {
    return testbed.directory + "/" + job.pod();
  }
}
