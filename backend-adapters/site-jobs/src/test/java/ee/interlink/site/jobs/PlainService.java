package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.runner.JobFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A scheduler that is a service: it gives each job the next number, and says what it is told to.
 */
final class PlainService implements SchedulerService {
  private final List<String> asked;
  private int last;
  final Map<PodUid, BatchException> refused = new HashMap<>();
  final Map<JobRef, JobState> known = new HashMap<>();
  Optional<String> outage = Optional.empty();
  Optional<String> accountingOutage = Optional.empty();

  /**
   * @param asked to which each call is added
   */
  PlainService(List<String> asked) {
    this.asked = asked;
  }

  @Override
  public String name() {
    return "Plain";
  }

  /** What slurmrestd's have to say. */
  @Override
  public String functions() {
    return """
        is_job_id() { [[ $1 == +([0-9]) ]]; }
        tell_runner() { printf 'tell %s %s\\n' "$1" "$2"; }
        end_job() { printf 'end %s %s\\n' "$1" "$2"; }
        end_rest() { :; }
        log_file() { file=$backend/$1; }
        is_out_of_memory() { return 1; }
        forget_job() { :; }
        """;
  }

  @Override
  public Optional<String> ownError(String line) {
    return Optional.empty();
  }

  @Override
  public Optional<JobId> find(PodUid pod) {
    asked.add("find " + pod);
    return known.keySet().stream().filter(job -> job.pod().equals(pod)).map(JobRef::job).findAny();
  }

  @Override
  public JobId submit(JobRequest request, List<JobFile> files, String directory)
      throws BatchException {
    asked.add("submit " + request.pod() + " in " + directory);
    if (refused.containsKey(request.pod())) {
      throw refused.get(request.pod());
    }
    return new JobId("" + ++last);
  }

  /** That it never runs this pod. */
  void refuse(PodUid pod) {
    refused.put(pod, new JobRejectedException("not here"));
  }

  @Override
  public QueueWord queue(Collection<JobRef> live, QueueMemory memory) {
    asked.add("queue after " + memory.turn());
    Set<PodUid> mentioned = new HashSet<>();
    known.keySet().forEach(job -> mentioned.add(job.pod()));
    return new QueueWord(
        known.keySet().stream().map(this::word).toList(),
        mentioned,
        List.of(),
        outage,
        new QueueMemory(Map.of(), memory.turn() + 1));
  }

  private JobReport.Scheduled word(JobRef job) {
    return new JobReport.Scheduled(
        job.pod(), job.job(), known.get(job), "word", OptionalInt.empty());
  }

  @Override
  public List<JobReport.Scheduled> accounted(List<JobRef> jobs) throws BackendUnavailableException {
    asked.add("accounted " + jobs.size());
    if (accountingOutage.isPresent()) {
      throw new BackendUnavailableException(accountingOutage.get());
    }
    return jobs.stream().filter(known::containsKey).map(this::word).toList();
  }

  @Override
  public void tell(JobRef job) {
    asked.add("tell " + job.pod() + " " + job.job());
  }

  @Override
  public void end(JobRef job) {
    asked.add("end " + job.pod() + " " + job.job());
  }

  @Override
  public Capacity capacity() {
    asked.add("capacity");
    return new Capacity(8, new Bytes(1 << 30), 0);
  }

  @Override
  public void close() {
    asked.add("close");
  }
}
