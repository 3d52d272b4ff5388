package ee.interlink.slurm;

import ee.interlink.batch.JobRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What sbatch is told of one pod. */
final class SbatchOptions {
  private SbatchOptions() {}

  /** All but what depends on where the home is: the text at the site adds that. */
  static List<String> of(JobRequest request, SlurmSettings settings) {
    List<String> options = new ArrayList<>();
    options.add("--job-name=" + request.pod());
    options.add("--comment=" + JobComment.of(settings.site().backend(), request));
    options.add("--no-requeue");
    options.add("--open-mode=append");
    options.add("--nodes=1");
    options.add("--ntasks=1");
    settings.partition().ifPresent(partition -> options.add("--partition=" + partition));
    settings.account().ifPresent(account -> options.add("--account=" + account));
    settings.qos().ifPresent(qos -> options.add("--qos=" + qos));
    request
        .resources()
        .wholeCpus()
        .ifPresentOrElse(
            cpus -> options.add("--cpus-per-task=" + cpus),
            () ->
                settings
                    .site()
                    .defaultCpus()
                    .ifPresent(cpus -> options.add("--cpus-per-task=" + cpus)));
    request
        .resources()
        .memory()
        .ifPresentOrElse(
            // 0 would be all memory of the node.
            memory -> options.add("--mem=" + Math.max(1, memory.mebibytesRoundedUp()) + "M"),
            () ->
                settings
                    .site()
                    .defaultMebibytes()
                    .ifPresent(mib -> options.add("--mem=" + mib + "M")));
    if (request.resources().gpus() > 0) {
      options.add("--gres=gpu:" + request.resources().gpus());
    }
    request.timeLimit().ifPresent(limit -> options.add("--time=" + minutes(limit)));
    return options;
  }

  /** Slurm counts in minutes, and reads 0 as no limit at all. */
  private static long minutes(Duration limit) {
    return Math.max(1, limit.plusMinutes(1).minusNanos(1).toMinutes());
  }
}
