package ee.interlink.slurm;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRequest;
import ee.interlink.runner.ContainerRuntime;
import ee.interlink.runner.JobArchive;
import ee.interlink.runner.JobFile;
import ee.interlink.runner.JobFiles;
import ee.interlink.site.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One pod as one sbatch: the job's files go along as a stream, so it is one remote command. */
final class Submission {
  private static final int ANSWER = 1024;
  private final Site site;
  private final SlurmSettings settings;

  Submission(Site site, SlurmSettings settings) {
    this.site = site;
    this.settings = settings;
  }

  JobId submit(JobRequest request, ContainerRuntime runtime) throws BatchException {
    List<JobFile> files = JobFiles.of(request, runtime);
    List<String> arguments = new ArrayList<>();
    arguments.add(request.pod().value());
    arguments.add(settings.accounting().word());
    arguments.addAll(options(request));
    CommandResult result =
        site.ask(Script.SUBMIT, arguments, out -> JobArchive.write(files, out), ANSWER);
    if (result.status() == Exits.REFUSED) {
      throw Refusal.of(result.errors());
    }
    return JobAnswer.of(result).orElseThrow(() -> JobAnswer.garbled(result));
  }

  /** All but what depends on where the home is: the text at the site adds that. */
  List<String> options(JobRequest request) {
    List<String> options = new ArrayList<>();
    options.add("--job-name=" + request.pod());
    options.add("--comment=" + JobComment.of(settings.backend(), request));
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
            () -> settings.defaultCpus().ifPresent(cpus -> options.add("--cpus-per-task=" + cpus)));
    request
        .resources()
        .memory()
        .ifPresentOrElse(
            // 0 would be all memory of the node.
            memory -> options.add("--mem=" + Math.max(1, memory.mebibytesRoundedUp()) + "M"),
            () -> settings.defaultMebibytes().ifPresent(mib -> options.add("--mem=" + mib + "M")));
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
