package ee.interlink.benchmarks;

import ee.interlink.testbed.BatchSystem;
import ee.interlink.testbed.Testbed;
import java.util.List;

/** Slurm. */
class SlurmBatch implements Batch {
  @Override
  public BatchSystem system(Testbed testbed) {
    return testbed.slurm();
  }

  @Override
  public String command() {
    return "sbatch";
  }

  @Override
  public List<String> submission(String jobName) {
    return List.of(
        command(),
        "--parsable",
        "-J",
        jobName,
        "-p",
        "parked",
        "-o",
        "/dev/null",
        "--wrap",
        "sleep 600");
  }

  @Override
  public QueueLog queueLog(Testbed testbed) {
    return new SlurmQueueLog(testbed);
  }

  @Override
  public void forget(Testbed testbed) {
    // They are not in its queue.
  }

  @Override
  public String version(Testbed testbed) {
    return testbed.as("root", "sinfo", "-V").output().strip();
  }
}
