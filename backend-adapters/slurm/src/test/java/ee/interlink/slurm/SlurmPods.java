package ee.interlink.slurm;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Pods that ask something of Slurm, a backend where they may, and what sbatch is told of them. */
final class SlurmPods {
  /** The setting that allows everything. */
  static final String ALL =
      Arrays.stream(SlurmAnnotation.values())
          .map(SlurmAnnotation::word)
          .collect(Collectors.joining(","));

  private SlurmPods() {}

  /** A key, a value, and so on, beside the setting that allows everything. */
  static BackendSettings backend(String... more) {
    Map<String, String> values = new TreeMap<>(Map.of("annotations", ALL));
    values.putAll(pairs(more));
    return new BackendSettings(new BackendName("hpc"), "slurm", values);
  }

  /** A name, a value, and so on. */
  static Map<String, String> pairs(String... words) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < words.length; i += 2) {
      pairs.put(words[i], words[i + 1]);
    }
    return pairs;
  }

  static JobRequest pod(
      RestartPolicy policy,
      Resources resources,
      Optional<Duration> limit,
      Map<String, String> annotations) {
    List<ContainerSpec> init = List.of(Pods.container("init", "/cvmfs/init.sif", "true"));
    List<ContainerSpec> main = List.of(Pods.container("main", "busybox:1.36", "true"));
    JobRequest pod =
        new JobRequest(
            new PodUid("uid-1"),
            "physics",
            "pod",
            init,
            main,
            policy,
            List.of(),
            resources,
            Duration.ZERO,
            limit);
    return Pods.annotated(pod, "physics", annotations);
  }

  /** Of a pod that the driver lets in. */
  static List<String> options(BackendSettings backend, JobRequest pod) throws Exception {
    new SlurmDriver().check(backend, pod);
    return SbatchOptions.of(pod, SlurmSettings.read(backend));
  }
}
