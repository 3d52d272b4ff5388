package ee.interlink.htcondor;

import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.runner.SpoolEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One of our jobs as the schedd has it in its queue or its history, read from the attributes that
 * scheduler.sh asks for, in that order.
 */
record CondorJob(ClassAdLiterals ad) {
  /** What scheduler.sh asks for; {@link Place} has the same names in the same order. */
  static final int SIZE = Place.values().length;

  private static final Pattern UID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern ORIGIN = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern NEWS = Pattern.compile(";");
  private static final int BY_SIGNAL = 128;

  /** What a runner ends with that finds its pod claimed; scheduler.sh tells it. */
  private static final int CLAIMED_BEFORE = 75;

  /** The attributes, by the names that the manual has for them ("Job ClassAd Attributes"). */
  enum Place {
    CLUSTER_ID(0, "ClusterId"),
    PROC_ID(1, "ProcId"),
    POD_UID(2, "PodUID"),
    ORIGIN(3, "InterlinkOrigin"),
    JOB_STATUS(4, "JobStatus"),
    REMOTE_HOST(5, "RemoteHost"),
    STARTS(6, "NumJobStarts"),
    SHADOW_STARTS(7, "NumShadowStarts"),
    EXIT_BY_SIGNAL(8, "ExitBySignal"),
    EXIT_CODE(9, "ExitCode"),
    EXIT_SIGNAL(10, "ExitSignal"),
    HOLD_CODE(11, "HoldReasonCode"),
    HOLD_SUB_CODE(12, "HoldReasonSubCode"),
    HOLD_REASON(13, "HoldReason"),
    LAST_HOLD_CODE(14, "LastHoldReasonCode"),
    LAST_HOLD_SUB_CODE(15, "LastHoldReasonSubCode"),
    LAST_HOLD_REASON(16, "LastHoldReason"),
    REMOVE_REASON(17, "RemoveReason"),
    REJECTED(18, "LastRejMatchReason"),
    TIME_LIMIT(19, "InterlinkTimeLimit"),
    STARTED(20, "JobStartDate"),
    ENTERED(21, "EnteredCurrentStatus"),
    NEWS(22, "InterlinkNews"),
    STAGED_IN(23, "StageInFinish"),
    HOLDS(24, "NumHolds"),
    RESTARTS(25, "InterlinkRestarts");

    private final int index;
    private final String attribute;

    Place(int index, String attribute) {
      this.index = index;
      this.attribute = attribute;
    }

    /** Which of the line's values it is, from 0. */
    int index() {
      return index;
    }

    String attribute() {
      return attribute;
    }
  }

  /** The values of JobStatus, and what each is called for people. */
  private enum JobStatus {
    IDLE(1, "idle"),
    RUNNING(2, "running"),
    REMOVED(3, "removed"),
    COMPLETED(4, "completed"),
    HELD(5, "held"),
    TRANSFERRING_OUTPUT(6, "transferring output"),
    SUSPENDED(7, "suspended");

    private final long number;
    private final String word;

    JobStatus(long number, String word) {
      this.number = number;
      this.word = word;
    }

    static Optional<JobStatus> of(long number) {
      return Arrays.stream(values()).filter(status -> status.number == number).findFirst();
    }
  }

  /** Reads a line; empty if it is not of a job of ours. */
  static Optional<CondorJob> parse(String line) {
    ClassAdLiterals ad = new ClassAdLiterals(line);
    if (ad.size() != SIZE) {
      return Optional.empty();
    }
    CondorJob job = new CondorJob(ad);
    boolean ours =
        job.number(Place.CLUSTER_ID).isPresent()
            && job.number(Place.PROC_ID).isPresent()
            && job.number(Place.JOB_STATUS).isPresent()
            && job.text(Place.POD_UID).filter(uid -> UID.matcher(uid).matches()).isPresent();
    return ours ? Optional.of(job) : Optional.empty();
  }

  /** What it says of its job as long as it is in the queue. */
  JobReport.Scheduled queued() {
    boolean toBeFetched =
        status().filter(this::leavesOutput).isPresent()
            && number(Place.STAGED_IN).isPresent()
            && news().stream().noneMatch(JobReport.RunnerEnded.class::isInstance);
    return toBeFetched
        ? report(JobState.ENDING, words() + ", and its output is being fetched")
        : report();
  }

  /** A removed job too, if it has run. */
  private boolean leavesOutput(JobStatus status) {
    return status == JobStatus.COMPLETED || (status == JobStatus.REMOVED && hasRun());
  }

  JobReport.Scheduled report() {
    return report(state(), words());
  }

  private JobReport.Scheduled report(JobState state, String words) {
    return new JobReport.Scheduled(
        pod(),
        new JobId(value(Place.CLUSTER_ID) + "." + value(Place.PROC_ID)),
        state,
        words,
        state.ended() ? exitCode() : OptionalInt.empty(),
        text(Place.ORIGIN).filter(origin -> ORIGIN.matcher(origin).matches()));
  }

  private PodUid pod() {
    return new PodUid(text(Place.POD_UID).orElseThrow());
  }

  /** What its runner had carrier.sh write into the job, in the order in which it happened. */
  List<JobReport> news() {
    record Told(SpoolEntry entry, String message) {}

    List<Told> told = new ArrayList<>();
    for (String each : NEWS.split(text(Place.NEWS).orElse(""), -1)) {
      int bar = each.indexOf('|');
      String name = bar < 0 ? each : each.substring(0, bar);
      String message = bar < 0 ? "" : each.substring(bar + 1).strip();
      SpoolEntry.parse(pod() + "," + name).ifPresent(entry -> told.add(new Told(entry, message)));
    }
    return told.stream()
        .sorted(
            Comparator.comparing((Told one) -> one.entry().at())
                .thenComparing(one -> one.entry().kind()))
        .map(one -> one.entry().report(one.message()))
        .toList();
  }

  private Optional<JobStatus> status() {
    return JobStatus.of(value(Place.JOB_STATUS));
  }

  /** JobStatus first; each of its values asks what else it needs to know. */
  private JobState state() {
    if (status().isEmpty()) {
      return JobState.UNKNOWN;
    }
    return switch (status().get()) {
      case IDLE -> waiting();
      case RUNNING, SUSPENDED -> JobState.RUNNING;
      case REMOVED -> removed();
      case COMPLETED -> completed();
      case HELD -> held();
      case TRANSFERRING_OUTPUT -> JobState.ENDING;
    };
  }

  /** It is in state X from the moment at which it was to go, but may take its time to end. */
  private JobState removed() {
    if (text(Place.REMOTE_HOST).isPresent()) {
      return JobState.ENDING;
    }
    if (!text(Place.REMOVE_REASON).orElse("").contains("PeriodicRemove")) {
      return JobState.CANCELLED;
    }
    // By one of the conditions that scheduler.sh gives to each job.
    JobState hold =
        HoldReason.meaning(
            value(Place.LAST_HOLD_CODE),
            value(Place.LAST_HOLD_SUB_CODE),
            text(Place.LAST_HOLD_REASON).orElse(""));
    if (hold.ended()) {
      return hold;
    }
    return tooLong() ? JobState.TIMED_OUT : JobState.LOST;
  }

  private boolean tooLong() {
    return number(Place.TIME_LIMIT).isPresent()
        && value(Place.ENTERED) - value(Place.STARTED) >= value(Place.TIME_LIMIT);
  }

  private JobState completed() {
    OptionalInt code = exitCode();
    if (code.isEmpty()) {
      return JobState.UNKNOWN;
    }
    if (code.getAsInt() == CLAIMED_BEFORE && value(Place.SHADOW_STARTS) > 1) {
      // Its shadow died before the schedd had heard that the job runs, so it was started again.
      return JobState.LOST;
    }
    return code.getAsInt() == 0 ? JobState.COMPLETED : JobState.FAILED;
  }

  /**
   * A job that ran and is held will not run again, unless its pod's restart policy lets it: its
   * condition for removal says so too.
   */
  private JobState held() {
    if (text(Place.REMOTE_HOST).isPresent()) {
      return JobState.ENDING;
    }
    long code = value(Place.HOLD_CODE);
    long subCode = value(Place.HOLD_SUB_CODE);
    String reason = text(Place.HOLD_REASON).orElse("");
    if (!hasRun() || runsAgain()) {
      JobState hold = HoldReason.whileItMayRun(code, subCode, reason, value(Place.HOLDS));
      return hold == JobState.QUEUED ? waiting() : hold;
    }
    JobState hold = HoldReason.meaning(code, subCode, reason);
    return hold.ended() ? hold : JobState.LOST;
  }

  private JobState waiting() {
    return hasRun() && runsAgain() ? JobState.REQUEUED : JobState.QUEUED;
  }

  private boolean hasRun() {
    return value(Place.STARTS) > 0;
  }

  private boolean runsAgain() {
    return ad.isTrue(Place.RESTARTS.index());
  }

  private OptionalInt exitCode() {
    if (ad.isTrue(Place.EXIT_BY_SIGNAL.index())) {
      return OptionalInt.of(BY_SIGNAL + (int) value(Place.EXIT_SIGNAL));
    }
    OptionalLong code = number(Place.EXIT_CODE);
    return code.isPresent() ? OptionalInt.of((int) code.getAsLong()) : OptionalInt.empty();
  }

  private String words() {
    if (status().isEmpty()) {
      return "JobStatus " + value(Place.JOB_STATUS) + ", which is not known here";
    }
    String name = status().get().word;
    String reason =
        switch (status().get()) {
          case IDLE -> text(Place.REJECTED).orElse("");
          case REMOVED ->
              text(Place.REMOVE_REASON)
                  .filter(words -> !words.contains("PeriodicRemove"))
                  .or(() -> text(Place.LAST_HOLD_REASON))
                  .orElse("");
          case HELD -> text(Place.HOLD_REASON).orElse("");
          case RUNNING, COMPLETED, TRANSFERRING_OUTPUT, SUSPENDED -> "";
        };
    return reason.isBlank() ? name : name + " (" + reason.strip() + ")";
  }

  private Optional<String> text(Place place) {
    return ad.text(place.index());
  }

  private OptionalLong number(Place place) {
    return ad.number(place.index());
  }

  /** 0 if it is not defined. */
  private long value(Place place) {
    return number(place).orElse(0);
  }
}
