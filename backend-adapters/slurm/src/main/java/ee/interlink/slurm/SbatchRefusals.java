package ee.interlink.slurm;

import static ee.interlink.site.jobs.Refusal.later;
import static ee.interlink.site.jobs.Refusal.notAuthorised;
import static ee.interlink.site.jobs.Refusal.rejected;

import ee.interlink.batch.BatchException;
import ee.interlink.site.jobs.Refusal;
import java.util.List;

/**
 * What a failed sbatch means for the pod, by Slurm's own texts (slurm_errno.c, the same words since
 * 20.11). Read from top to bottom; what is not here may be cured by waiting.
 */
final class SbatchRefusals {
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
          rejected("Job dependency problem"),
          rejected("Batch script is empty or invalid"),
          rejected("unrecognized option"),
          // With the name of a limit on the size of one job before it: that job will never fit.
          rejected("PerJobLimit"),
          rejected("MaxWallDurationPer"),
          later("Job violates accounting/QOS policy"));

  private SbatchRefusals() {}

  static BatchException of(String errors) {
    return Refusal.of(TABLE, errors, "sbatch: " + SlurmErrors.words(errors));
  }
}
