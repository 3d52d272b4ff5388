package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.runner.JobFile;
import ee.interlink.runner.PodRunner;
import ee.interlink.site.jobs.Scheduler;
import ee.interlink.site.jobs.TextResource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** HTCondor by condor_submit, condor_q, condor_history, condor_rm and condor_status. */
final class HtcondorScheduler implements Scheduler {
  static final String FUNCTIONS = TextResource.read(HtcondorScheduler.class, "scheduler.sh");

  private static final String SHARED = TextResource.read(HtcondorScheduler.class, "shared.sh");

  private final HtcondorSettings settings;
  private final String functions;

  HtcondorScheduler(HtcondorSettings settings, AccountName account) {
    this.settings = settings;
    this.functions =
        "runner_digest="
            + digest()
            + '\n'
            + FUNCTIONS
            + settings.remote().map(remote -> Spooled.functions(remote, account)).orElse(SHARED);
  }

  @Override
  public String name() {
    return "HTCondor";
  }

  @Override
  public String queueCommand() {
    return "condor_q";
  }

  @Override
  public String functions() {
    return functions;
  }

  @Override
  public JobFile script(String path) {
    return isRemote() ? Spooled.carrier(path) : PodRunner.file(path);
  }

  @Override
  public List<JobFile> luggage(List<JobFile> files) {
    return isRemote() ? Spooled.luggage(files) : files;
  }

  @Override
  public List<String> submitArguments(JobRequest request) throws InvalidRequestException {
    return SubmitCommands.of(request, settings);
  }

  @Override
  public List<String> queueArguments() {
    return List.of(settings.site().backend());
  }

  @Override
  public Optional<JobReport.Scheduled> queued(String line) {
    return CondorJob.parse(line).map(CondorJob::queued);
  }

  @Override
  public Optional<JobReport.Scheduled> accounted(String line) {
    return CondorJob.parse(line).map(CondorJob::report);
  }

  @Override
  public List<JobReport> news(String line) {
    return isRemote() ? CondorJob.parse(line).map(CondorJob::news).orElse(List.of()) : List.of();
  }

  /** Names the script that stays at the site; here it costs no process with each submission. */
  private String digest() {
    try {
      byte[] script = ((JobFile.Content) script("")).content();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(script));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each Java has it
    }
  }

  private boolean isRemote() {
    return settings.remote().isPresent();
  }

  @Override
  public List<String> capacityArguments() {
    return List.of();
  }

  @Override
  public Capacity capacity(String answer) {
    return Slots.sum(answer);
  }

  @Override
  public BatchException refusal(String said) {
    return CondorSubmitRefusals.of(said);
  }

  @Override
  public Optional<String> ownError(String line) {
    return CondorErrors.own(line);
  }
}
