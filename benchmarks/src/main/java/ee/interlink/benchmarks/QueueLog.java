package ee.interlink.benchmarks;

import java.time.Instant;

/**
 * When each job came into the queue, by a log of the batch system itself. It costs the testbed
 * nothing, is the same for jobs of all ways in, and is exact to the millisecond; a loop of squeue
 * or condor_q would be none of these.
 */
interface QueueLog extends AutoCloseable {
  /** How many jobs have come since the beginning, whosesoever they are. */
  int count();

  /** When this job came; it must have. */
  Instant at(String jobId);

  @Override
  void close();
}
