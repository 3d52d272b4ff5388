package ee.interlink.slurm;

import java.util.Locale;
import java.util.Optional;

/**
 * The options of sbatch that a pod may have among its flags, and what each asks for. All others are
 * refused by name.
 */
enum SbatchFlag {
  ACCOUNT("A", SlurmAnnotation.ACCOUNT),
  COMMENT(null, SlurmAnnotation.COMMENT),
  CONSTRAINT("C", SlurmAnnotation.CONSTRAINT),
  CPUS_PER_TASK("c", SlurmAnnotation.CPUS_PER_TASK),
  DEPENDENCY("d", SlurmAnnotation.DEPENDENCY),
  EXCLUSIVE(null, SlurmAnnotation.EXCLUSIVE),
  GPUS("G", SlurmAnnotation.GRES),
  GPUS_PER_NODE(null, SlurmAnnotation.GRES),
  GRES(null, SlurmAnnotation.GRES),
  /** Taken and left: the name is the pod's identity. */
  JOB_NAME("J", null),
  LICENSES("L", SlurmAnnotation.LICENSES),
  MAIL_TYPE(null, SlurmAnnotation.MAIL_TYPE),
  MAIL_USER(null, SlurmAnnotation.MAIL_USER),
  MEM(null, SlurmAnnotation.MEM),
  MEM_PER_CPU(null, SlurmAnnotation.MEM_PER_CPU),
  NICE(null, SlurmAnnotation.NICE),
  /** What a pod has anyhow: one. */
  NODES("N", null),
  NO_REQUEUE(null, SlurmAnnotation.REQUEUE),
  NTASKS("n", SlurmAnnotation.NTASKS),
  NTASKS_PER_NODE(null, SlurmAnnotation.NTASKS),
  PARTITION("p", SlurmAnnotation.PARTITION),
  QOS("q", SlurmAnnotation.QOS),
  REQUEUE(null, SlurmAnnotation.REQUEUE),
  RESERVATION(null, SlurmAnnotation.RESERVATION),
  TIME("t", SlurmAnnotation.TIME);

  private final String letter;
  private final SlurmAnnotation asksFor;

  SbatchFlag(String letter, SlurmAnnotation asksFor) {
    this.letter = letter;
    this.asksFor = asksFor;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The word with its dashes. */
  String option() {
    return "--" + word();
  }

  Optional<String> letter() {
    return Optional.ofNullable(letter);
  }

  /** Empty if it changes nothing about the job. */
  Optional<SlurmAnnotation> asksFor() {
    return Optional.ofNullable(asksFor);
  }

  /** Whether sbatch takes it without a value, too. */
  boolean standsAlone() {
    return this == EXCLUSIVE || this == NICE || this == REQUEUE || this == NO_REQUEUE;
  }

  /**
   * What its value is as that of {@link #asksFor}. On one node GPUs are a gres of it.
   *
   * @param value null if there is none
   */
  String meaning(String value) {
    return switch (this) {
      case EXCLUSIVE, REQUEUE -> "true";
      case NO_REQUEUE -> "false";
      case NICE -> value == null ? "100" : value;
      case GPUS, GPUS_PER_NODE -> "gpu:" + value.replace(",", ",gpu:");
      default -> value;
    };
  }

  /**
   * What is wrong with a value, whoever asks for it: the end of a sentence.
   *
   * @param value null if there is none
   */
  Optional<String> fault(String value) {
    return switch (this) {
      case NODES ->
          value.equals("1") || value.equals("1-1")
              ? Optional.empty()
              : Optional.of("is not 1: a pod's containers are on one node");
      // Those of exclusive, user and mcs, are about the jobs of others.
      case EXCLUSIVE, REQUEUE, NO_REQUEUE ->
          Optional.ofNullable(value).map(any -> "is not for pods with a value");
      default -> Optional.empty();
    };
  }
}
