package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.site.jobs.SiteTestbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same in a directory that the execute nodes share. */
@Tag("testbed")
class HtcondorFaultsTestbedIT extends HtcondorFaults {
  @Override
  protected String folder(JobRef job) {
    return testbed.directory + "/" + job.pod();
  }

  /** Its runner can write no word down any more, but empty files, whose names are enough. */
  @Test
  void a_container_that_fills_the_disk_of_its_jobs_directory_has_its_exit_code() throws Exception {
    JobRequest request =
        Pods.pod(Pods.freshUid(), Pods.container("main", SiteTestbed.IMAGE, FILLS_THE_DISK));
    assertThat(codesInAFullDirectory(request)).containsOnly(42);
  }
}
