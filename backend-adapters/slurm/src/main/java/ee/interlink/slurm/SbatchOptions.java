package ee.interlink.slurm;

import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What sbatch is told of one pod. */
final class SbatchOptions {
  private SbatchOptions() {}

  /**
   * All but what depends on where the home is: the text at the site adds that.
   *
   * @throws InvalidRequestException if the pod asks for what it may not have
   */
  static List<String> of(JobRequest request, SlurmSettings settings)
      throws InvalidRequestException {
    Map<SlurmAnnotation, String> asked = settings.askedBy(request);
    List<String> options = new ArrayList<>();
    options.add("--job-name=" + request.pod());
    options.add("--comment=" + JobComment.of(settings.site().backend(), request));
    options.add(request.restartPolicy() == RestartPolicy.NEVER ? "--no-requeue" : "--requeue");
    options.add("--open-mode=append");
    options.add("--nodes=1");
    options.add("--ntasks=1");
    settings.partition().ifPresent(p -> asked.putIfAbsent(SlurmAnnotation.PARTITION, p));
    settings.account().ifPresent(account -> asked.putIfAbsent(SlurmAnnotation.ACCOUNT, account));
    settings.qos().ifPresent(qos -> asked.putIfAbsent(SlurmAnnotation.QOS, qos));
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
    LongStream.concat(
            request.timeLimit().stream().mapToLong(SbatchOptions::minutes),
            Stream.ofNullable(asked.remove(SlurmAnnotation.TIME))
                .mapToLong(time -> TimeLimit.minutes(time).orElseThrow()))
        .min()
        .ifPresent(minutes -> options.add("--time=" + minutes));
    // With a value it would mean something else.
    if ("true".equals(asked.remove(SlurmAnnotation.EXCLUSIVE))) {
      options.add("--exclusive");
    }
    asked.forEach((annotation, value) -> options.add(annotation.option(value)));
    return options;
  }

  /** Slurm counts in minutes, and reads 0 as no limit at all. */
  private static long minutes(Duration limit) {
    return Math.max(1, limit.plusMinutes(1).minusNanos(1).toMinutes());
  }
}
