package ee.interlink.htcondor;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.site.jobs.Scheduler;
import ee.interlink.site.jobs.TextResource;
import java.util.List;
import java.util.Optional;

/** HTCondor by condor_submit, condor_q, condor_history, condor_rm and condor_status. */
final class HtcondorScheduler implements Scheduler {
  private static final String FUNCTIONS =
      TextResource.read(HtcondorScheduler.class, "scheduler.sh");

  private final HtcondorSettings settings;

  HtcondorScheduler(HtcondorSettings settings) {
    this.settings = settings;
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
    return FUNCTIONS;
  }

  @Override
  public List<String> submitArguments(JobRequest request) {
    return SubmitCommands.of(request, settings);
  }

  @Override
  public List<String> queueArguments() {
    return List.of(settings.site().backend());
  }

  @Override
  public Optional<JobReport.Scheduled> queued(String line) {
    return CondorJob.parse(line).map(CondorJob::report);
  }

  @Override
  public Optional<JobReport.Scheduled> accounted(String line) {
    return CondorJob.parse(line).map(CondorJob::report);
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
