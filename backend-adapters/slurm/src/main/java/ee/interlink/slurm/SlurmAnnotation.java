package ee.interlink.slurm;

import ee.interlink.site.jobs.KnownAnnotation;
import ee.interlink.site.jobs.ValueForm;

/**
 * What a pod may ask of Slurm: options of sbatch by their own names. For people it is in
 * docs/annotations.md.
 */
enum SlurmAnnotation implements KnownAnnotation {
  PARTITION,
  ACCOUNT,
  QOS,
  RESERVATION,
  CONSTRAINT,
  LICENSES,
  GRES,
  /** The shorter of this and the pod's own limit counts. */
  TIME,
  NICE,
  EXCLUSIVE,
  MAIL_USER,
  MAIL_TYPE,
  /** Of the one node that a pod has. */
  NTASKS,
  /** Of a pod that names no CPUs itself; so is memory. */
  CPUS_PER_TASK,
  MEM,
  MEM_PER_CPU,
  /** Of a pod that may be started again; with one that may not it can only be false. */
  REQUEUE,
  DEPENDENCY,
  /** Behind what marks the job as ours. */
  COMMENT;

  static final String PREFIX = "slurm.interlink.ee/";

  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
  private static final ValueForm ONE_NAME =
      ValueForm.matching("a name of letters, digits, _, . and -", NAME);
  private static final ValueForm NAMES = severalOf("a name of letters, digits, _, . and -", NAME);
  private static final ValueForm FEATURES =
      ValueForm.matching(
          "an expression of features: letters, digits, _ . - and & | [ ] ( ) * , :",
          "[A-Za-z0-9_(\\[][A-Za-z0-9_.&|\\[\\]()*,:-]*");
  private static final ValueForm COUNTED =
      severalOf("NAME[:NUMBER]", "[A-Za-z0-9_][A-Za-z0-9_.@-]*(:[0-9]{1,9})?");
  private static final ValueForm GENERIC =
      severalOf("NAME[:TYPE][:NUMBER]", NAME + "(:" + NAME + "){0,2}");
  private static final ValueForm LIMIT =
      new ValueForm(
          "a time limit from a minute to ten years: MINUTES, [DAYS-]HOURS:MINUTES:SECONDS or"
              + " DAYS-HOURS",
          value -> TimeLimit.minutes(value).isPresent());
  // Less than nothing would be more than the others have.
  private static final ValueForm NUMBER = ValueForm.number(0, 2_147_483_645);
  private static final ValueForm COUNT = ValueForm.number(1, 100_000);
  private static final ValueForm MEMORY =
      new ValueForm(
          "an amount of memory, not 0: NUMBER for MiB, or with K, M, G or T",
          value -> MemoryAmount.mebibytes(value).isPresent());
  private static final ValueForm TRUTH = ValueForm.truth();
  private static final ValueForm ADDRESS =
      ValueForm.matching("a mail address", "[A-Za-z0-9_][A-Za-z0-9_.+-]*@[A-Za-z0-9.-]+");
  private static final ValueForm MAIL_EVENTS =
      ValueForm.listOf(
          "NONE",
          "BEGIN",
          "END",
          "FAIL",
          "REQUEUE",
          "ALL",
          "INVALID_DEPEND",
          "STAGE_OUT",
          "TIME_LIMIT",
          "TIME_LIMIT_90",
          "TIME_LIMIT_80",
          "TIME_LIMIT_50");

  private static final String CONDITION =
      "(singleton|(afterok|afterany|afternotok|after|afterburstbuffer|aftercorr)"
          + "(:[1-9][0-9]{0,9})+)";
  private static final ValueForm CONDITIONS =
      ValueForm.matching(
          "singleton or after…:JOB[:JOB], or several with commas between them, or with ? if one of"
              + " them is enough",
          CONDITION + "((," + CONDITION + ")*|([?]" + CONDITION + ")*)");
  private static final ValueForm PLAIN_TEXT =
      ValueForm.matching(
          "up to "
              + JobComment.LONGEST_TEXT
              + " printable ASCII characters without quotes, \\ and $",
          "(?! )[ -~&&[^\"'`\\\\$]]{1," + JobComment.LONGEST_TEXT + "}(?<! )");

  private static ValueForm severalOf(String words, String regex) {
    return ValueForm.matching(
        words + ", or several with commas between them", regex + "(," + regex + ")*");
  }

  @Override
  public ValueForm form() {
    return switch (this) {
      case PARTITION, RESERVATION -> NAMES;
      case ACCOUNT, QOS -> ONE_NAME;
      case CONSTRAINT -> FEATURES;
      case LICENSES -> COUNTED;
      case GRES -> GENERIC;
      case TIME -> LIMIT;
      case NICE -> NUMBER;
      case EXCLUSIVE, REQUEUE -> TRUTH;
      case MAIL_USER -> ADDRESS;
      case MAIL_TYPE -> MAIL_EVENTS;
      case NTASKS, CPUS_PER_TASK -> COUNT;
      case MEM, MEM_PER_CPU -> MEMORY;
      case DEPENDENCY -> CONDITIONS;
      case COMMENT -> PLAIN_TEXT;
    };
  }

  /** What sbatch is told, in one argument. */
  String option(String value) {
    return "--" + word() + "=" + value;
  }
}
