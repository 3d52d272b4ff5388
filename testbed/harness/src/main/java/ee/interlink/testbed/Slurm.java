package ee.interlink.testbed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The testbed's Slurm as its own commands show it, asked inside and not through the server. */
public final class Slurm {
  /** As whom the jobs run. */
  public static final String USER = "alice";

  private final Testbed testbed;

  Slurm(Testbed testbed) {
    this.testbed = testbed;
  }

  /** The jobs of these names that squeue lists, ended ones of a moment ago not among them. */
  public List<SlurmJob> queued(Collection<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    return jobs("squeue", "-h", "-u", USER, "--name=" + String.join(",", names), "-o", "%i|%j|%T");
  }

  public List<SlurmJob> queued(String... names) {
    return queued(Arrays.asList(names));
  }

  /** All jobs of today of these names in accounting, live and ended; one line for each job. */
  public List<SlurmJob> accounted(Collection<String> names) {
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
        USER,
        "--name=" + String.join(",", names),
        "-o",
        "JobIDRaw,JobName,State");
  }

  public List<SlurmJob> accounted(String... names) {
    return accounted(Arrays.asList(names));
  }

  /** As its owner would by hand. */
  public void cancel(String... words) {
    List<String> command = new ArrayList<>(List.of("scancel"));
    command.addAll(Arrays.asList(words));
    testbed.as(USER, command.toArray(String[]::new)).output();
  }

  /** Whatever a test or benchmark may have left. */
  public void cancelByName(Collection<String> names) {
    List<SlurmJob> left = queued(names);
    if (!left.isEmpty()) {
      cancel(left.stream().map(SlurmJob::id).toArray(String[]::new));
    }
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

  /** Job ids by line, for messages of failed tests. */
  public static String shown(List<SlurmJob> jobs) {
    return jobs.stream().map(SlurmJob::toString).collect(Collectors.joining("\n"));
  }

  private List<SlurmJob> jobs(String... command) {
    return testbed.as(USER, command).lines().stream().map(SlurmJob::of).toList();
  }
}
