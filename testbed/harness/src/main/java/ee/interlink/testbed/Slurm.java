package ee.interlink.testbed;

import ee.interlink.testbed.BatchJob.State;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The testbed's Slurm. */
public class Slurm implements BatchSystem {
  private static final int MOST_NAMES = 2000;

  /** By how a state begins; a cancelled job's goes on with who has done it. */
  private static final Map<String, State> STATES =
      Map.of(
          "PENDING", State.WAITING,
          "RUNNING", State.RUNNING,
          "CANCELLED", State.OVER,
          "COMPLETED", State.OVER,
          "FAILED", State.OVER,
          "TIMEOUT", State.OVER,
          "NODE_FAIL", State.OVER);

  private final Testbed testbed;

  Slurm(Testbed testbed) {
    this.testbed = testbed;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(in("normal"));
    settings.put(
        "annotations", "account,constraint,exclusive,gres,licenses,partition,qos,reservation,time");
    return settings;
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
    return in("parked");
  }

  /** What a backend says whose jobs go to this partition. */
  static Map<String, String> in(String partition) {
    return Map.of("driver", "slurm", "partition", partition);
  }

  @Override
  public int cpus() {
    return testbed.as("root", "sinfo", "-h", "-p", "normal", "-o", "%C").lines().stream()
        .mapToInt(line -> Integer.parseInt(line.replaceAll(".*/", "").strip()))
        .sum();
  }

  @Override
  public List<BatchJob> queued(Collection<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    // More do not fit into a command.
    String wanted = names.size() > MOST_NAMES ? "--me" : "--name=" + String.join(",", names);
    Set<String> known = Set.copyOf(names);
    return jobs("squeue", "-h", "-u", Testbed.USER, wanted, "-o", "%i|%j|%T").stream()
        .filter(job -> known.contains(job.name()))
        .toList();
  }

  @Override
  public List<BatchJob> accounted(Collection<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    return jobs(
        "sacct",
        "-X",
        "-n",
        "-P",
        "-D",
        "-S",
        "now-12hours",
        "-u",
        Testbed.USER,
        "--name=" + String.join(",", names),
        "-o",
        "JobIDRaw,JobName,State");
  }

  @Override
  public void cancel(List<BatchJob> jobs) {
    Stream<String> ids = jobs.stream().map(BatchJob::id);
    testbed
        .as(Testbed.USER, Stream.concat(Stream.of("scancel"), ids).toArray(String[]::new))
        .output();
  }

  @Override
  public String queueEntry(BatchJob job) {
    String entry = testbed.as("root", "scontrol", "show", "-dd", "job", job.id()).output();
    String[] script = {"scontrol", "write", "batch_script", job.id(), "-"};
    return entry + testbed.as("root", script).output();
  }

  @Override
  public String accountingEntry(BatchJob job) {
    return testbed.as("root", "sacct", "-P", "-o", "ALL", "-j", job.id()).output();
  }

  /** How many requests the controller has had from this user since its statistics began. */
  public long requests(String user) {
    return counted(user, testbed.as("root", "sdiag"));
  }

  /** How many requests accounting has had from this user. */
  public long accountingRequests(String user) {
    return counted(user, testbed.as("root", "sacctmgr", "-n", "show", "stats"));
  }

  private static long counted(String user, Execution statistics) {
    return statistics.lines().stream()
        .map(String::strip)
        .filter(line -> line.startsWith(user + " ") && line.contains("count:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*count:(\\d+).*", "$1")))
        .sum();
  }

  private List<BatchJob> jobs(String... command) {
    return testbed.as(Testbed.USER, command).lines().stream().map(Slurm::job).toList();
  }

  private static BatchJob job(String line) {
    String[] fields = line.split("\\|", 3);
    String words = fields[2].strip();
    State state = STATES.getOrDefault(words.split(" ", 2)[0], State.BETWEEN);
    return new BatchJob(fields[0], fields[1], state, words);
  }
}
