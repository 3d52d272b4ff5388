package ee.interlink.htcondor;

import static ee.interlink.site.jobs.Refusal.later;
import static ee.interlink.site.jobs.Refusal.notAuthorised;
import static ee.interlink.site.jobs.Refusal.rejected;

import ee.interlink.batch.BatchException;
import ee.interlink.site.jobs.Refusal;
import java.util.List;

/**
 * What a failed condor_submit means for the pod, by its own texts. Read from top to bottom; what is
 * not here may be cured by waiting. is_rejection of scheduler.sh has the same texts.
 */
final class CondorSubmitRefusals {
  static final List<Refusal> TABLE =
      List.of(
          // Limits on how many jobs there are at once pass by themselves.
          later("MAX_JOBS_PER_OWNER"),
          later("MAX_JOBS_SUBMITTED"),
          later("Number of submitted jobs would exceed"),
          later("Can't find address of local schedd"),
          later("Failed to connect to"),
          notAuthorised("AUTHENTICATE:"),
          notAuthorised("Cannot allocate a cluster id"),
          notAuthorised("User is disabled"),
          notAuthorised("not authorized"),
          rejected("Parse error in expression"),
          rejected("MAX_JOBS_PER_SUBMISSION"),
          // The connection broke at the commit; the jobs may be there or not.
          later("SECMAN:"),
          later("CEDAR:"),
          // A SUBMIT_REQUIREMENT of the site; without its own reason behind this nothing is sure.
          rejected("Failed to commit job submission into the queue. ERROR: "));

  private CondorSubmitRefusals() {}

  static BatchException of(String said) {
    String oneLine = said.replaceAll("\\s+", " ").strip();
    return Refusal.of(
        TABLE, oneLine, "condor_submit: " + oneLine.replaceAll(" ?ERROR: ?", " ").strip());
  }
}
