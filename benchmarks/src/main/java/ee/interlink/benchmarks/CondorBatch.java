package ee.interlink.benchmarks;

import ee.interlink.testbed.BatchSystem;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** HTCondor. */
final class CondorBatch implements Batch {
  @Override
  public BatchSystem system(Testbed testbed) {
    return testbed.htcondor();
  }

  @Override
  public String command() {
    return "condor_submit";
  }

  @Override
  public List<String> submission(String jobName) {
    return List.of(
        command(),
        "-terse",
        "executable=/bin/sleep",
        "arguments=600",
        "should_transfer_files=NO",
        "accounting_group=parked",
        "MY.PodUID=\"" + jobName + "\"",
        "-queue",
        "1");
  }

  @Override
  public QueueLog queueLog(Testbed testbed) {
    return log(testbed);
  }

  /** The same log, which knows of holds too. */
  static CondorQueueLog log(Testbed testbed) {
    try {
      return new CondorQueueLog(testbed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ours stay in the queue for minutes after their end, and slow down what is asked of it. */
  @Override
  public void forget(Testbed testbed) {
    String ended = "JobStatus == 3 && InterlinkBackend == \"" + Bench.BACKEND + "\"";
    // It fails if there is none.
    testbed.as(Testbed.USER, "condor_rm", "-forcex", "-constraint", ended);
  }

  @Override
  public String version(Testbed testbed) {
    String words = testbed.as("root", "condor_version").lines().get(0);
    return words.replaceAll("\\$CondorVersion: (\\S+).*", "HTCondor $1");
  }
}
