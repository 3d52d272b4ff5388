package ee.interlink.htcondor;

import ee.interlink.site.jobs.KnownAnnotation;
import ee.interlink.site.jobs.ValueForm;

/**
 * What a pod may ask of HTCondor, and the submit command that it becomes (condor_submit, "Submit
 * description file commands"). For people it is in docs/annotations.md.
 */
enum HtcondorAnnotation implements KnownAnnotation {
  /** Beside our own condition, never in place of it: scheduler.sh joins the two. */
  REQUIREMENTS("requirements:=(", ")"),
  RANK("rank:=(", ")"),
  PRIORITY("priority=", ""),
  ACCOUNTING_GROUP("accounting_group=", ""),
  ACCOUNTING_USER("accounting_group_user=", ""),
  CONCURRENCY_LIMITS("concurrency_limits:=", ""),
  NICE_USER("nice_user=", ""),
  PROJECT("MY.ProjectName=\"", "\"");

  static final String PREFIX = "htcondor.interlink.ee/";

  private static final ValueForm NAME =
      ValueForm.matching(
          "a name of letters, digits, _, . and -", "[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");
  private static final ValueForm USER =
      ValueForm.matching(
          "a name of letters, digits, _, ., @ and -", "[A-Za-z0-9_][A-Za-z0-9_.@-]{0,252}");
  private static final String LIMIT =
      "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?(:[0-9]{1,9}(\\.[0-9]{1,9})?)?";
  private static final ValueForm LIMITS =
      ValueForm.matching(
          "NAME[:NUMBER], or several with commas between them", LIMIT + "(," + LIMIT + ")*");
  private static final ValueForm NUMBER = ValueForm.number(-1_000_000, 1_000_000);
  private static final ValueForm TRUTH = ValueForm.truth();

  private final String before;
  private final String after;

  HtcondorAnnotation(String before, String after) {
    this.before = before;
    this.after = after;
  }

  @Override
  public ValueForm form() {
    return switch (this) {
      case REQUIREMENTS, RANK -> PodExpression.FORM;
      case PRIORITY -> NUMBER;
      case ACCOUNTING_GROUP, PROJECT -> NAME;
      case ACCOUNTING_USER -> USER;
      case CONCURRENCY_LIMITS -> LIMITS;
      case NICE_USER -> TRUTH;
    };
  }

  /**
   * As {@link SubmitCommands} writes it: a value that may have a blank or a comma is {@code :=}.
   */
  String command(String value) {
    return before + value + after;
  }
}
