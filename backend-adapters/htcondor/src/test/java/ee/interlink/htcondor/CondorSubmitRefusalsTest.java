package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.site.jobs.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What condor_submit of HTCondor 23.9 says when it fails, on one line as submit.sh passes it on.
 */
class CondorSubmitRefusalsTest {
  /** One of bash's patterns, quoted or not. */
  private static final Pattern PATTERN =
      Pattern.compile("\\*(?:'([^']*)'|\"([^\"]*)\"|([^*'\" |)]+))\\*");

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
  void an_account_that_the_schedd_has_disabled_is_not_authorised() {
    assertThat(CondorSubmitRefusals.of("ERROR: Failed to create cluster User is disabled"))
        .isInstanceOf(NotAuthorisedException.class);
  }

  /** What is one refusal to one pod and not to many would stop them all, or be submitted twice. */
  @Test
  void the_site_takes_for_a_rejection_what_is_one_here_by_the_same_texts_in_the_same_order() {
    String text = HtcondorScheduler.FUNCTIONS;
    int from = text.indexOf(" in\n", text.indexOf("is_rejection() {")) + 4;
    List<Map.Entry<String, Boolean>> there = new ArrayList<>();
    for (String clause : text.substring(from, text.indexOf("esac", from)).split(";;", -1)) {
      Matcher pattern = PATTERN.matcher(clause);
      while (pattern.find()) {
        String one = pattern.group(1) == null ? pattern.group(2) : pattern.group(1);
        boolean rejection = !clause.contains("return 1");
        there.add(Map.entry(one == null ? pattern.group(3) : one, rejection));
      }
    }
    assertThat(there)
        .containsExactlyElementsOf(
            CondorSubmitRefusals.TABLE.stream()
                .map(row -> Map.entry(row.text(), row.kind() == Refusal.Kind.REJECTED))
                .toList());
  }

  @Test
  void what_is_not_known_may_be_cured_by_waiting() {
    assertThat(CondorSubmitRefusals.of("something else"))
        .isInstanceOf(BackendUnavailableException.class);
  }
}
