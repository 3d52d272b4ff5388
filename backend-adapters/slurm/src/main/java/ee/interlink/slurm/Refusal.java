package ee.interlink.slurm;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.NotAuthorisedException;
import java.util.List;

/**
 * What a failed sbatch means for the pod, by Slurm's own texts (slurm_errno.c, the same words since
 * 20.11). Read from top to bottom; what is not here may be cured by waiting.
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
          later("MaxSubmitJob"),
          later("MaxJobsPer"),
          later("Unable to contact slurm controller"),
          later("Socket timed out on send/recv operation"),
          later("temporarily unable to accept job"),
          later("controller not responding"),
          later("backup controller in standby mode"),
          later("Required partition not available (inactive or drain)"),
          later("Requested partition configuration not available now"),
          later("Required node not available (down, drained or reserved)"),
          later("Resource temporarily unavailable"),
          notAuthorised("Invalid user id"),
          notAuthorised("Invalid authentication credential"),
          rejected("Invalid partition name specified"),
          rejected("Invalid account or account/partition combination specified"),
          rejected("Invalid qos specification"),
          rejected("Requested node configuration is not available"),
          rejected("Memory specification can not be satisfied"),
          rejected("CPU count per node can not be satisfied"),
          rejected("CPU count specification invalid"),
          rejected("Memory required by task is not available"),
          rejected("Invalid generic resource (gres) specification"),
          rejected("Invalid Trackable RESource (TRES) specification"),
          rejected("Requested GRES option unsupported by configured SelectType plugin"),
          rejected("Requested time limit is invalid (missing or exceeds some limit)"),
          rejected("Time limit specification required, but not provided"),
          rejected("Invalid --time specification"),
          rejected("User's group not permitted to use this partition"),
          rejected("Access/permission denied"),
          rejected("More processors requested than permitted"),
          rejected("Node count specification invalid"),
          rejected("Invalid feature specification"),
          rejected("Requested reservation is invalid"),
          rejected("Invalid wckey specification"),
          rejected("Invalid license specification"),
          rejected("Batch script is empty or invalid"),
          rejected("unrecognized option"),
          // With the name of a limit on the size of one job before it: that job will never fit.
          rejected("PerJobLimit"),
          rejected("MaxWallDurationPer"),
          later("Job violates accounting/QOS policy"));

  private static Refusal rejected(String text) {
    return new Refusal(text, Kind.REJECTED);
  }

  private static Refusal notAuthorised(String text) {
    return new Refusal(text, Kind.NOT_AUTHORISED);
  }

  private static Refusal later(String text) {
    return new Refusal(text, Kind.LATER);
  }

  static Kind kind(String errors) {
    return TABLE.stream()
        .filter(refusal -> errors.contains(refusal.text()))
        .map(Refusal::kind)
        .findFirst()
        .orElse(Kind.LATER);
  }

  static BatchException of(String errors) {
    String words = "sbatch: " + SlurmErrors.words(errors);
    return switch (kind(errors)) {
      case REJECTED -> new JobRejectedException(words);
      case NOT_AUTHORISED -> new NotAuthorisedException(words);
      case LATER -> new BackendUnavailableException(words);
    };
  }
}
