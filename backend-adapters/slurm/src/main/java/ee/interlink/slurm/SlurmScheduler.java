package ee.interlink.slurm;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.site.jobs.Scheduler;
import ee.interlink.site.jobs.TextResource;
import java.util.List;
import java.util.Optional;

/** Slurm by sbatch, squeue, sacct, scancel and sinfo. */
final class SlurmScheduler implements Scheduler {
  private static final String FUNCTIONS = TextResource.read(SlurmScheduler.class, "scheduler.sh");

  private final SlurmSettings settings;
  private final String mark;

  SlurmScheduler(SlurmSettings settings) {
    this.settings = settings;
    this.mark = JobComment.mark(settings.site().backend());
  }

  @Override
  public String name() {
    return "Slurm";
  }

  @Override
  public String queueCommand() {
    return "squeue";
  }

  @Override
  public String functions() {
    return FUNCTIONS;
  }

  @Override
  public JobRequest meant(JobRequest pod) {
    return PublishedSlurm.withImageRoot(pod);
  }

  @Override
  public List<String> submitArguments(JobRequest request) throws InvalidRequestException {
    return SbatchOptions.of(request, settings);
  }

  @Override
  public List<String> queueArguments() {
    return List.of();
  }

  @Override
  public Optional<JobReport.Scheduled> queued(String line) {
    return QueuedJob.parse(line, mark).map(QueuedJob::report);
  }

  @Override
  public Optional<JobReport.Scheduled> accounted(String line) {
    return AccountedJob.parse(line).map(AccountedJob::report);
  }

  @Override
  public List<String> capacityArguments() {
    return settings.partition().map(partition -> List.of("-p", partition)).orElse(List.of());
  }

  @Override
  public Capacity capacity(String answer) {
    return Nodes.read(answer).capacity(settings.partition());
  }

  @Override
  public BatchException refusal(String said) {
    return SbatchRefusals.of(said);
  }

  @Override
  public Optional<String> ownError(String line) {
    return SlurmErrors.own(line);
  }
}
