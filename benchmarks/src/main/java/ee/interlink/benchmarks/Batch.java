package ee.interlink.benchmarks;

import ee.interlink.testbed.BatchSystem;
import ee.interlink.testbed.Testbed;
import java.util.List;

/** A batch system to measure: what its own commands and its own log say. */
interface Batch {
  BatchSystem system(Testbed testbed);

  /** The command that submits. */
  String command();

  /** A submission by hand of a job that waits for ever. */
  List<String> submission(String jobName);

  /** Begins with the next job. */
  QueueLog queueLog(Testbed testbed);

  /** Lets it forget our jobs that have ended, if they are still in its way. */
  void forget(Testbed testbed);

  /** Of its programs. */
  String version(Testbed testbed);
}
