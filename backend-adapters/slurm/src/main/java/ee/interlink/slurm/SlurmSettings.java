package ee.interlink.slurm;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.site.jobs.SchedulerAnnotations;
import ee.interlink.site.jobs.SettingReader;
import ee.interlink.site.jobs.SiteSettings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings of a backend with {@code driver=slurm}; docs/decisions/0004-slurm-over-one-exec.md
 * has the table of their keys.
 *
 * @param rest the service that Slurm is asked by; empty for its commands
 * @param partition of pods that ask for no other; so are account and QOS
 * @param annotations what pods may ask for
 */
record SlurmSettings(
    SiteSettings site,
    Optional<RestSettings> rest,
    Optional<String> partition,
    Optional<String> account,
    Optional<String> qos,
    SchedulerAnnotations<SlurmAnnotation> annotations) {
  private static final Pattern SLURM_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.,-]*");

  static SlurmSettings read(BackendSettings backend) throws InvalidSettingException {
    SettingReader reader = new SettingReader(backend);
    SlurmSettings settings =
        new SlurmSettings(
            SiteSettings.read(reader),
            RestSettings.read(reader),
            reader.text("partition", SLURM_NAME),
            reader.text("slurm-account", SLURM_NAME),
            reader.text("qos", SLURM_NAME),
            SchedulerAnnotations.read(reader, SlurmAnnotation.PREFIX, SlurmAnnotation.class));
    reader.end();
    return settings;
  }

  /**
   * What a pod asks for, checked.
   *
   * @throws InvalidRequestException if it may not have that
   */
  Map<SlurmAnnotation, String> askedBy(JobRequest request) throws InvalidRequestException {
    Map<String, String> faults = new TreeMap<>();
    Map<SlurmAnnotation, String> asked = annotations.askedBy(request, faults);
    PublishedSlurm.join(request, annotations, asked, faults);
    int gpus = request.resources().gpus();
    String gres = asked.get(SlurmAnnotation.GRES);
    if (gres != null && gpus > 0 && !gres.matches("gpu(:[^:,]+)?:" + gpus)) {
      faults.putIfAbsent(
          field(SlurmAnnotation.GRES, request),
          "asks for a gres beside nvidia.com/gpu, which becomes one too: it has to be gpu:"
              + gpus
              + " or gpu:TYPE:"
              + gpus
              + ", or one of them has to go");
    }
    if (asked.containsKey(SlurmAnnotation.MEM) && asked.containsKey(SlurmAnnotation.MEM_PER_CPU)) {
      faults.putIfAbsent(
          field(SlurmAnnotation.MEM, request),
          "asks for mem, and something does for mem-per-cpu: one of them has to go");
    }
    if ("true".equals(asked.get(SlurmAnnotation.REQUEUE))
        && request.restartPolicy() == RestartPolicy.NEVER) {
      faults.putIfAbsent(
          field(SlurmAnnotation.REQUEUE, request),
          "asks for a job that may run again, and restartPolicy is Never: one of them has to"
              + " change");
    }
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    return asked;
  }

  /** Where a pod asks for it. */
  private static String field(SlurmAnnotation what, JobRequest request) {
    String own = SlurmAnnotation.PREFIX + what.word();
    return SchedulerAnnotations.field(
        request.annotations().containsKey(own) ? own : PublishedSlurm.FLAGS);
  }
}
