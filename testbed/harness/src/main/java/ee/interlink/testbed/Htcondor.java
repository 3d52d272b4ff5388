package ee.interlink.testbed;

import ee.interlink.testbed.BatchJob.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The testbed's HTCondor. Its jobs bear the UIDs of their pods in an attribute. */
class Htcondor implements BatchSystem {
  private static final String DRIVER = "htcondor";
  private static final String[] ATTRIBUTES = {
    "-af:t", "ClusterId", "ProcId", "PodUID", "JobStatus", "RemoteHost"
  };
  private static final String UNDEFINED = "undefined";

  /** More names would make a long command, and a slow one: each job is compared with each name. */
  private static final int NAMES_ASKED_FOR = 500;

  /** JobStatus; see the manual's "Job ClassAd Attributes". */
  private static final Map<String, State> STATES =
      Map.of(
          "1", State.WAITING,
          "2", State.RUNNING,
          "3", State.OVER,
          "4", State.OVER,
          "5", State.BETWEEN,
          "6", State.BETWEEN,
          "7", State.BETWEEN);

  final Testbed testbed;

  Htcondor(Testbed testbed) {
    this.testbed = testbed;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("driver", DRIVER, "default-memory-mib", "200");
  }

  @Override
  public Map<String, String> way(String account) {
    return SharedFolder.way(testbed, account);
  }

  @Override
  public Optional<Path> job(Path backend, String uid) {
    return SharedFolder.job(backend, uid);
  }

  @Override
  public List<Path> places(Path backend, String uid) {
    return SharedFolder.places(backend, uid);
  }

  @Override
  public Map<String, String> parkedSettings() {
    return Map.of("driver", DRIVER, "default-memory-mib", "200", "accounting-group", "parked");
  }

  @Override
  public int cpus() {
    return Integer.parseInt(testbed.as("root", "condor_config_val", "NUM_CPUS").output().strip());
  }

  /** An ended job stays in the queue for some minutes more. */
  @Override
  public List<BatchJob> queued(Collection<String> names) {
    return jobs("condor_q", names).filter(job -> !job.over()).toList();
  }

  @Override
  public List<BatchJob> accounted(Collection<String> names) {
    // In this order, or a job on its way from the one to the other is in neither.
    return Stream.concat(jobs("condor_q", names).toList().stream(), jobs("condor_history", names))
        .collect(
            Collectors.toMap(
                BatchJob::id, job -> job, (queued, ended) -> ended, LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  @Override
  public void cancel(List<BatchJob> jobs) {
    Stream<String> ids = jobs.stream().map(BatchJob::id);
    testbed
        .as(Testbed.USER, Stream.concat(Stream.of("condor_rm"), ids).toArray(String[]::new))
        .output();
  }

  @Override
  public String queueEntry(BatchJob job) {
    return testbed.as("root", "condor_q", "-l", job.id()).output();
  }

  @Override
  public String accountingEntry(BatchJob job) {
    return queueEntry(job) + testbed.as("root", "condor_history", "-l", job.id()).output();
  }

  private Stream<BatchJob> jobs(String command, Collection<String> names) {
    if (names.isEmpty()) {
      return Stream.empty();
    }
    Set<String> wanted = Set.copyOf(names);
    List<String> words = new ArrayList<>(List.of(command, "-constraint", constraint(wanted)));
    words.addAll(List.of(ATTRIBUTES));
    return testbed.as(Testbed.USER, words.toArray(String[]::new)).lines().stream()
        .map(Htcondor::job)
        .filter(job -> wanted.contains(job.name()));
  }

  private static String constraint(Set<String> names) {
    return names.size() > NAMES_ASKED_FOR
        ? "isString(PodUID)"
        : names.stream().collect(Collectors.joining("\",\"", "member(PodUID, {\"", "\"})"));
  }

  /** A job that was removed, but has a host still, is not over yet. */
  private static BatchJob job(String line) {
    String[] fields = line.split("\t", -1);
    State state = STATES.getOrDefault(fields[3], State.BETWEEN);
    boolean onAHost = !fields[4].equals(UNDEFINED);
    return new BatchJob(
        fields[0] + "." + fields[1],
        fields[2],
        state == State.OVER && onAHost ? State.BETWEEN : state,
        "JobStatus " + fields[3] + (onAHost ? " on " + fields[4] : ""));
  }
}
