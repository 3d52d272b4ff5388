package ee.interlink.htcondor;

import ee.interlink.batch.JobState;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Why a job is held (HTCondor manual, "Job ClassAd Attributes", HoldReasonCode and
 * HoldReasonSubCode), and what that means to us. The one place that decides it: a hold that is an
 * end is one to the schedd too, by {@link #fatal()} in the job's periodic_remove, and one that may
 * pass by itself is tried again, by {@link #released()} in its periodic_release. A code that this
 * version does not know keeps the pod waiting, and shows the schedd's own words.
 */
enum HoldReason {
  USER_REQUEST(1, JobState.QUEUED),
  GLOBUS_GRAM_ERROR(2, JobState.FAILED),
  JOB_POLICY(3, JobState.FAILED),
  CORRUPTED_CREDENTIAL(4, JobState.QUEUED),
  JOB_POLICY_UNDEFINED(5, JobState.FAILED),
  FAILED_TO_CREATE_PROCESS(6, JobState.FAILED, 3),
  UNABLE_TO_OPEN_OUTPUT(7, JobState.FAILED),
  UNABLE_TO_OPEN_INPUT(8, JobState.FAILED),
  UNABLE_TO_OPEN_OUTPUT_STREAM(9, JobState.FAILED),
  UNABLE_TO_OPEN_INPUT_STREAM(10, JobState.FAILED),
  INVALID_TRANSFER_ACK(11, JobState.FAILED, 1),
  TRANSFER_OUTPUT_ERROR(12, JobState.FAILED),
  TRANSFER_INPUT_ERROR(13, JobState.FAILED, 1),
  IWD_ERROR(14, JobState.FAILED, 3),
  SUBMITTED_ON_HOLD(15, JobState.QUEUED),
  SPOOLING_INPUT(16, JobState.QUEUED),
  JOB_SHADOW_MISMATCH(17, JobState.QUEUED, Tries.FOR_EVER),
  INVALID_TRANSFER_GO_AHEAD(18, JobState.FAILED, 1),
  HOOK_PREPARE_JOB_FAILURE(19, JobState.FAILED),
  MISSED_DEFERRED_EXECUTION_TIME(20, JobState.FAILED),
  STARTD_HELD_JOB(21, JobState.FAILED),
  UNABLE_TO_INIT_USER_LOG(22, JobState.QUEUED, Tries.FOR_EVER),
  FAILED_TO_ACCESS_USER_ACCOUNT(23, JobState.QUEUED, Tries.FOR_EVER),
  NO_COMPATIBLE_SHADOW(24, JobState.QUEUED, Tries.FOR_EVER),
  INVALID_CRON_SETTINGS(25, JobState.FAILED),
  SYSTEM_POLICY(26, JobState.FAILED),
  SYSTEM_POLICY_UNDEFINED(27, JobState.FAILED),
  MAX_TRANSFER_INPUT_SIZE_EXCEEDED(32, JobState.FAILED),
  MAX_TRANSFER_OUTPUT_SIZE_EXCEEDED(33, JobState.FAILED),
  JOB_OUT_OF_RESOURCES(34, JobState.FAILED),
  INVALID_DOCKER_IMAGE(35, JobState.FAILED),
  FAILED_TO_CHECKPOINT(36, JobState.FAILED),
  EC2_USER_ERROR(37, JobState.FAILED),
  EC2_INTERNAL_ERROR(38, JobState.FAILED),
  EC2_ADMIN_ERROR(39, JobState.FAILED),
  EC2_CONNECTION_PROBLEM(40, JobState.FAILED),
  EC2_SERVER_ERROR(41, JobState.FAILED),
  EC2_INSTANCE_POTENTIALLY_LOST_ERROR(42, JobState.FAILED),
  PRE_SCRIPT_FAILED(43, JobState.FAILED),
  POST_SCRIPT_FAILED(44, JobState.FAILED),
  SINGULARITY_TEST_FAILED(45, JobState.FAILED),
  JOB_DURATION_EXCEEDED(46, JobState.TIMED_OUT),
  JOB_EXECUTE_EXCEEDED(47, JobState.TIMED_OUT),
  HOOK_SHADOW_PREPARE_JOB_FAILURE(48, JobState.FAILED);

  /** With 21 (a site's policy) and 34 (the limit of a cgroup): more memory than asked for. */
  private static final long MEMORY_EXCEEDED = 102;

  /**
   * With 34: which resource it was only the words tell. Older versions hold a job so for its memory
   * or its disk, and all of them one of docker universe.
   */
  private static final long NOT_TOLD = 0;

  private static final String MEMORY = "memory";

  private final long code;
  private final JobState meaning;
  private final int tries;

  HoldReason(long code, JobState meaning) {
    this(code, meaning, 0);
  }

  /**
   * @param tries how many times a job that is held for this, and may still run, is released; what
   *     the meaning is comes after that
   */
  HoldReason(long code, JobState meaning, int tries) {
    this.code = code;
    this.meaning = meaning;
    this.tries = tries;
  }

  /** Numbers that an enum's own constants cannot refer to by a name of the enum. */
  private static final class Tries {
    static final int FOR_EVER = 1_000_000;
  }

  long code() {
    return code;
  }

  /**
   * What a hold means for a job that has never run, or may run again.
   *
   * @param holds how often the job was held, this time among them
   */
  static JobState whileItMayRun(long code, long subCode, String words, long holds) {
    return Arrays.stream(values())
            .anyMatch(known -> known.code == code && known.tries > 0 && holds <= known.tries)
        ? JobState.QUEUED
        : meaning(code, subCode, words);
  }

  /**
   * What a hold means if the job is not released from it.
   *
   * @param words HTCondor's own, HoldReason
   */
  static JobState meaning(long code, long subCode, String words) {
    if (isForMemory(code, subCode, words)) {
      return JobState.OUT_OF_MEMORY;
    }
    return Arrays.stream(values())
        .filter(known -> known.code == code)
        .map(known -> known.meaning)
        .findFirst()
        .orElse(JobState.QUEUED);
  }

  private static boolean isForMemory(long code, long subCode, String words) {
    if (code == JOB_OUT_OF_RESOURCES.code && subCode == NOT_TOLD) {
      return words.contains(MEMORY);
    }
    return subCode == MEMORY_EXCEEDED
        && (code == STARTD_HELD_JOB.code || code == JOB_OUT_OF_RESOURCES.code);
  }

  /** Whether a held job is to be removed, as an expression over its attributes. */
  static String fatal() {
    return "member(HoldReasonCode, "
        + codes(known -> known.meaning.ended())
        + ") && !("
        + tried()
        + ")";
  }

  /** Whether a held job is to be tried again: soon, then ever later. */
  static String released() {
    return "(" + tried() + ") && time() - EnteredCurrentStatus > 20 * NumHolds";
  }

  private static String tried() {
    return Arrays.stream(values())
        .mapToInt(known -> known.tries)
        .filter(tries -> tries > 0)
        .distinct()
        .sorted()
        .mapToObj(
            tries ->
                "member(HoldReasonCode, "
                    + codes(known -> known.tries == tries)
                    + ") && NumHolds <= "
                    + tries)
        .collect(
            Collectors.joining(
                " || ", "(NumJobStarts == 0 || InterlinkRestarts =?= True) && (", ")"));
  }

  private static String codes(Predicate<HoldReason> wanted) {
    return Arrays.stream(values())
        .filter(wanted)
        .map(known -> Long.toString(known.code))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
