package ee.interlink.htcondor;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the submit description says of one pod, each as {@code COMMAND=VALUE} (condor_submit,
 * "Submit description file commands"); what all jobs have in common is in scheduler.sh. The values
 * become a row of the description's table, so none has a blank, a comma or a {@code $}; those of
 * {@code COMMAND:=VALUE} stand there once for all rows and may have them.
 */
final class SubmitCommands {
  private static final int LONGEST_NAME = 253;

  private SubmitCommands() {}

  /**
   * @throws InvalidRequestException if the pod asks for what it may not have
   */
  static List<String> of(JobRequest request, HtcondorSettings settings)
      throws InvalidRequestException {
    Map<HtcondorAnnotation, String> asked = settings.askedBy(request);
    List<String> commands = new ArrayList<>();
    attribute(commands, "InterlinkBackend", settings.site().backend());
    attribute(commands, "PodUID", request.pod().value());
    attribute(commands, "PodNamespace", clean(request.namespace()));
    attribute(commands, "PodName", clean(request.name()));
    commands.add("MY.InterlinkRestarts=" + (request.restartPolicy() != RestartPolicy.NEVER));
    commands.add("batch_name=" + clean(request.name()));
    request.origin().ifPresent(origin -> attribute(commands, "InterlinkOrigin", origin));
    request
        .timeLimit()
        .ifPresent(limit -> commands.add("MY.InterlinkTimeLimit=" + wholeSeconds(limit)));
    request
        .resources()
        .wholeCpus()
        .ifPresentOrElse(
            cpus -> commands.add("request_cpus=" + cpus),
            () -> settings.site().defaultCpus().ifPresent(n -> commands.add("request_cpus=" + n)));
    request
        .resources()
        .memory()
        .ifPresentOrElse(
            memory -> commands.add(mebibytes("memory", memory)),
            () ->
                settings
                    .site()
                    .defaultMebibytes()
                    .ifPresent(mib -> commands.add(mebibytes("memory", Bytes.ofMebibytes(mib)))));
    request.resources().disk().ifPresent(disk -> commands.add(mebibytes("disk", disk)));
    if (request.resources().gpus() > 0) {
      commands.add("request_gpus=" + request.resources().gpus());
    }
    settings.jobLease().ifPresent(lease -> commands.add("job_lease_duration=" + lease.toSeconds()));
    if (settings.remote().isPresent()) {
      commands.add(Spooled.outputs(request));
    }
    settings
        .accountingGroup()
        .ifPresent(group -> asked.putIfAbsent(HtcondorAnnotation.ACCOUNTING_GROUP, group));
    asked.forEach((annotation, value) -> commands.add(annotation.command(value)));
    return commands;
  }

  private static void attribute(List<String> commands, String name, String value) {
    commands.add("MY." + name + "=\"" + value + "\"");
  }

  /** Sites may refuse jobs without the unit (SUBMIT_REQUEST_MISSING_UNITS). */
  private static String mebibytes(String what, Bytes amount) {
    return "request_" + what + "=" + Math.max(1, amount.mebibytesRoundedUp()) + "M";
  }

  private static String clean(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
  }

  private static long wholeSeconds(Duration limit) {
    return Math.max(1, limit.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
