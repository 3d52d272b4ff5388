package ee.interlink.htcondor;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.NotAuthorisedException;
import java.util.List;

/**
 * What a failed condor_submit means for the pod, by its own texts (the same since HTCondor 10).
 * Read from top to bottom; what is not here may be cured by waiting.
 */
record Refusal(String text, Kind kind) {
  /** What the caller can do about it. */
  enum Kind {
    REJECTED,
    NOT_AUTHORISED,
    LATER
  }

  static final List<Refusal> TABLE =
      List.of(
          // Limits on how many jobs there are at once pass by themselves.
          new Refusal("MAX_JOBS_PER_OWNER", Kind.LATER),
          new Refusal("MAX_JOBS_SUBMITTED", Kind.LATER),
          new Refusal("Number of submitted jobs would exceed", Kind.LATER),
          new Refusal("Can't find address of local schedd", Kind.LATER),
          new Refusal("Failed to connect to", Kind.LATER),
          new Refusal("AUTHENTICATE:", Kind.NOT_AUTHORISED),
          new Refusal("Cannot allocate a cluster id", Kind.NOT_AUTHORISED),
          new Refusal("not authorized", Kind.NOT_AUTHORISED),
          new Refusal("Parse error in expression", Kind.REJECTED),
          new Refusal("MAX_JOBS_PER_SUBMISSION", Kind.REJECTED),
          // A SUBMIT_REQUIREMENT of the site; its own reason comes behind this.
          new Refusal("Failed to commit job submission into the queue", Kind.REJECTED));

  static Kind kind(String said) {
    return TABLE.stream()
        .filter(refusal -> said.contains(refusal.text()))
        .map(Refusal::kind)
        .findFirst()
        .orElse(Kind.LATER);
  }

  static BatchException of(String said) {
    String words = "condor_submit: " + said.replaceAll(" *ERROR: *", " ").strip();
    return switch (kind(said)) {
      case REJECTED -> new JobRejectedException(words);
      case NOT_AUTHORISED -> new NotAuthorisedException(words);
      case LATER -> new BackendUnavailableException(words);
    };
  }
}
