package ee.interlink.slurm;

import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    String ntasks = Optional.ofNullable(asked.remove(SlurmAnnotation.NTASKS)).orElse("1");
    List<String> options = new ArrayList<>();
    options.add("--job-name=" + request.pod());
    Optional<String> comment = Optional.ofNullable(asked.remove(SlurmAnnotation.COMMENT));
    options.add("--comment=" + JobComment.of(settings.site().backend(), request, comment));
    options.add(requeued(request, asked) ? "--requeue" : "--no-requeue");
    options.add("--open-mode=append");
    options.add("--nodes=1");
    options.add("--ntasks=" + ntasks);
    settings.partition().ifPresent(p -> asked.putIfAbsent(SlurmAnnotation.PARTITION, p));
    settings.account().ifPresent(account -> asked.putIfAbsent(SlurmAnnotation.ACCOUNT, account));
    settings.qos().ifPresent(qos -> asked.putIfAbsent(SlurmAnnotation.QOS, qos));
    cpus(request, asked, settings).ifPresent(cpus -> options.add("--cpus-per-task=" + cpus));
    options.addAll(memory(request, asked, settings));
    // The pod's gres is the same number of them, and may say of which type.
    if (request.resources().gpus() > 0 && !asked.containsKey(SlurmAnnotation.GRES)) {
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

  /** Unless it asks for another, a job may run again if its pod's containers may. */
  private static boolean requeued(JobRequest request, Map<SlurmAnnotation, String> asked) {
    return Optional.ofNullable(asked.remove(SlurmAnnotation.REQUEUE))
        .map("true"::equals)
        .orElse(request.restartPolicy() != RestartPolicy.NEVER);
  }

  /** What the pod names, else what it asks of Slurm, else the backend's default. */
  private static Optional<String> cpus(
      JobRequest request, Map<SlurmAnnotation, String> asked, SlurmSettings settings) {
    Optional<String> annotated = Optional.ofNullable(asked.remove(SlurmAnnotation.CPUS_PER_TASK));
    return request
        .resources()
        .wholeCpus()
        .map(cpus -> Long.toString(cpus))
        .or(() -> annotated)
        .or(() -> settings.site().defaultCpus().stream().mapToObj(Integer::toString).findFirst());
  }

  /** By the same order. */
  private static List<String> memory(
      JobRequest request, Map<SlurmAnnotation, String> asked, SlurmSettings settings) {
    String mem = asked.remove(SlurmAnnotation.MEM);
    String perCpu = asked.remove(SlurmAnnotation.MEM_PER_CPU);
    if (request.resources().memory().isPresent()) {
      // 0 would be all memory of the node.
      return List.of(
          memory("mem", Math.max(1, request.resources().memory().get().mebibytesRoundedUp())));
    }
    if (mem != null) {
      return List.of(memory("mem", MemoryAmount.mebibytes(mem).orElseThrow()));
    }
    if (perCpu != null) {
      return List.of(memory("mem-per-cpu", MemoryAmount.mebibytes(perCpu).orElseThrow()));
    }
    return settings.site().defaultMebibytes().stream()
        .mapToObj(mebibytes -> memory("mem", mebibytes))
        .toList();
  }

  private static String memory(String option, long mebibytes) {
    return "--" + option + "=" + mebibytes + "M";
  }

  /** Slurm counts in minutes, and reads 0 as no limit at all. */
  private static long minutes(Duration limit) {
    return Math.max(1, limit.plusMinutes(1).minusNanos(1).toMinutes());
  }
}
