package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.NotAuthorisedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What condor_submit of HTCondor 23.9 says when it fails, on one line as submit.sh passes it on.
 */
class CondorSubmitRefusalsTest {

  @Test
  void a_schedd_that_is_away_comes_back() {
    assertThat(CondorSubmitRefusals.of(" ERROR: Can't find address of local schedd"))
        .isInstanceOf(BackendUnavailableException.class);
    assertThat(
            CondorSubmitRefusals.of(
                " ERROR: Failed to connect to local queue manager SECMAN:2011:Connection closed"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(
            "condor_submit: Failed to connect to local queue manager SECMAN:2011:Connection"
                + " closed");
  }

  @Test
  void what_the_site_refuses_is_rejected_in_its_words() {
    assertThat(
            CondorSubmitRefusals.of(
                "ERROR: Failed to commit job submission into the queue. ERROR: at most 8 CPUs"))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageEndingWith("at most 8 CPUs");
  }

  /** The connection may have broken at the commit, with the jobs in the queue. */
  @Test
  void a_commit_that_failed_without_a_reason_is_no_refusal() {
    for (String behind : List.of("", " ERROR: SECMAN:2007:Failed to end classad message.")) {
      assertThat(
              CondorSubmitRefusals.of(
                  "ERROR: Failed to commit job submission into the queue." + behind))
          .isInstanceOf(BackendUnavailableException.class);
    }
  }

  @Test
  void a_limit_on_the_number_of_jobs_passes() {
    assertThat(
            CondorSubmitRefusals.of(
                "ERROR: Failed to commit job submission into the queue. ERROR: Number of submitted"
                    + " jobs would exceed MAX_JOBS_PER_OWNER"))
        .isInstanceOf(BackendUnavailableException.class);
  }

  @Test
  void an_account_that_may_not_submit_is_not_authorised() {
    assertThat(CondorSubmitRefusals.of("ERROR: Cannot allocate a cluster id: Permission denied"))
        .isInstanceOf(NotAuthorisedException.class);
  }

  @Test
  void what_is_not_known_may_be_cured_by_waiting() {
    assertThat(CondorSubmitRefusals.of("something else"))
        .isInstanceOf(BackendUnavailableException.class);
  }
}
