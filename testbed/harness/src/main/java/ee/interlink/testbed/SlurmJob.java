package ee.interlink.testbed;

/**
 * A job as squeue or sacct shows it.
 *
 * @param name the job's name: a pod's UID
 * @param state for instance {@code RUNNING}
 */
public record SlurmJob(String id, String name, String state) {
  static SlurmJob of(String line) {
    String[] fields = line.split("\\|", 3);
    return new SlurmJob(fields[0], fields[1], fields[2].strip());
  }
}
