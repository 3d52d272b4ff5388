package ee.interlink.slurm;

import static ee.interlink.slurm.RestJson.JSON;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.batch.PodUid;
import ee.interlink.runner.JobFile;
import ee.interlink.site.jobs.QueueMemory;
import ee.interlink.site.jobs.QueueWord;
import ee.interlink.site.jobs.Refusal;
import ee.interlink.site.jobs.SchedulerService;
import ee.interlink.site.jobs.SiteSettings;
import ee.interlink.site.jobs.TextResource;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Slurm by slurmrestd, as one user. */
final class SlurmService implements SchedulerService {
  private static final String FUNCTIONS = TextResource.read(SlurmService.class, "service.sh");

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Duration ACCOUNTED = Duration.ofDays(30);

  private final RestQuestions rest;
  private final RestRounds rounds;
  private final SlurmSettings settings;
  private final AccountName account;
  private final Clock clock;

  SlurmService(Slurmrestd service, SlurmSettings settings, AccountName account, Clock clock) {
    this.rest = new RestQuestions(service, settings.rest().flatMap(RestSettings::version));
    this.settings = settings;
    this.account = account;
    this.clock = clock;
    this.rounds = new RestRounds(rest, account, JobComment.mark(settings.site().backend()));
  }

  @Override
  public String name() {
    return "Slurm";
  }

  @Override
  public String functions() {
    return FUNCTIONS;
  }

  /** No command of Slurm's runs there. */
  @Override
  public Optional<String> ownError(String line) {
    return Optional.empty();
  }

  @Override
  public JobRequest meant(JobRequest pod) {
    return PublishedSlurm.withImageRoot(pod);
  }

  // ---- one job

  @Override
  public JobId submit(JobRequest request, List<JobFile> files, String directory)
      throws BatchException, InvalidRequestException {
    String path = settings.site().commands().map(folders -> folders + ":").orElse("") + PATH;
    JsonObjectBuilder job =
        RestJob.of(SbatchOptions.of(request, settings))
            .add("current_working_directory", "/")
            .add("standard_output", directory + "/output/" + request.pod() + ".log")
            .add("environment", JSON.createArrayBuilder().add("PATH=" + path).add("LANG=C.UTF-8"))
            .add("script", BatchScript.of(request.pod(), files, directory));
    String body = JSON.createObjectBuilder().add("job", job).build().toString();
    RestAnswer answer = rest.ask((service, v) -> service.submit(v, body));
    Optional<RestAnswer.Fault> fault = answer.fault();
    if (fault.isPresent()) {
      throw refusal(fault.get());
    }
    String id = RestQueue.id(answer.content());
    if (!QueuedJob.NUMBER.matcher(id).matches()) {
      throw new BackendUnavailableException("slurmrestd has answered a submission without a job");
    }
    return new JobId(id);
  }

  private static BatchException refusal(RestAnswer.Fault fault) {
    return fault.exception() instanceof NotAuthorisedException e
        ? e
        : Refusal.of(SbatchRefusals.TABLE, fault.words(), "slurmrestd: " + fault.words());
  }

  /** Accounting first: the whole queue is a large answer, and needed only to be sure of a no. */
  @Override
  public Optional<JobId> find(PodUid pod) throws BatchException {
    Optional<JobId> accounted = findAccounted(pod);
    return accounted.isPresent() ? accounted : findQueued(pod);
  }

  private Optional<JobId> findAccounted(PodUid pod) throws BatchException {
    if (settings.site().accounting() == SiteSettings.Accounting.NO) {
      return Optional.empty();
    }
    String since = "uts" + clock.instant().minus(ACCOUNTED).getEpochSecond();
    List<JobId> found = new ArrayList<>();
    try {
      rest.each(
          (service, v) -> service.accounted(v, pod.value(), account.value(), since),
          "jobs",
          job -> {
            if (job.getString("name", "").equals(pod.value())) {
              found.add(new JobId(RestQueue.id(job)));
            }
          });
    } catch (BackendUnavailableException e) {
      if (settings.site().accounting() == SiteSettings.Accounting.YES) {
        throw e;
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  private Optional<JobId> findQueued(PodUid pod) throws BatchException {
    List<JobId> found = new ArrayList<>();
    rest.each(
        Slurmrestd::jobs,
        "jobs",
        job -> {
          if (job.getString("name", "").equals(pod.value()) && rounds.isOwn(job)) {
            found.add(new JobId(RestQueue.id(job)));
          }
        });
    return found.stream().findFirst();
  }

  @Override
  public void tell(JobRef job) throws BatchException {
    end(job, "TERM", "BATCH_JOB");
  }

  @Override
  public void end(JobRef job) throws BatchException {
    end(job, null, null);
  }

  /** Only if it is the pod's, for ids are used again. */
  private void end(JobRef ref, String signal, String flags) throws BatchException {
    if (!rounds.look(ref, job -> {})) {
      return;
    }
    // If it is not there any more it has ended meanwhile.
    boolean unused = rest.ask((s, v) -> s.end(v, ref.job().value(), signal, flags)).hasJob();
  }

  // ---- all jobs

  @Override
  public QueueWord queue(Collection<JobRef> live, QueueMemory memory) throws BatchException {
    try {
      if (memory.first()) {
        return rounds.whole();
      }
      return live.isEmpty()
          ? new QueueWord(List.of(), Set.of(), List.of(), Optional.empty(), memory)
          : rounds.changes(live, memory);
    } catch (BackendUnavailableException e) {
      return new QueueWord(List.of(), Set.of(), List.of(), Optional.of(e.getMessage()), memory);
    }
  }

  @Override
  public List<JobReport.Scheduled> accounted(List<JobRef> jobs) throws BatchException {
    List<JobReport.Scheduled> words = new ArrayList<>();
    for (JobRef ref : jobs) {
      rest.each(
          (service, v) -> service.accounted(v, ref.job().value()),
          "jobs",
          job ->
              RestQueue.accounted(job, ref).ifPresent(accounted -> words.add(accounted.report())));
    }
    return words;
  }

  @Override
  public Capacity capacity() throws BatchException {
    RestNodes nodes = new RestNodes(settings.partition());
    rest.each(Slurmrestd::partitions, "partitions", nodes::partition);
    rest.each(Slurmrestd::nodes, "nodes", nodes::node);
    return nodes.read().capacity(settings.partition());
  }

  @Override
  public void close() {
    rest.close();
  }
}
