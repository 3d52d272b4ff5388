package ee.interlink.offload.lifecycle;

import java.time.Duration;

/** What is to be done next for a pod; at most one remote call each. */
public sealed interface NextStep {

  /** Nothing until something happens: a report, a deletion. */
  record Rest() implements NextStep {}

  /** Nothing remote: only the stage changes. */
  record Move(Stage to) implements NextStep {}

  /**
   * Hand the job to the backend.
   *
   * @param askFirst whether an earlier attempt may have come through unheard
   */
  record Submit(boolean askFirst) implements NextStep {}

  /** Find out whether there is a job to cancel at all. */
  record FindForCancel() implements NextStep {}

  /**
   * Ask the backend to end the job.
   *
   * @param grace what is left of the pod's grace period; zero when over
   */
  record Cancel(Duration grace) implements NextStep {}

  /** Remove what is left at the site. */
  record Discard() implements NextStep {}
}
