package ee.interlink.benchmarks;

import ee.interlink.testbed.Testbed;
import java.util.List;

/** What a person does without us: sbatch over an SSH connection that is open already. */
interface BareSbatch extends AutoCloseable {

  /** Returns once sbatch has. Several threads may ask at once. */
  void submit(String jobName);

  @Override
  void close();

  static List<String> command(String jobName) {
    return List.of(
        "sbatch",
        "--parsable",
        "-J",
        jobName,
        "-p",
        Bench.PARKED,
        "-o",
        "/dev/null",
        "--wrap",
        "sleep 600");
  }

  static String user() {
    return Testbed.USER;
  }
}
