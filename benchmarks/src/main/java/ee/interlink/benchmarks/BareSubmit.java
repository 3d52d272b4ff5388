package ee.interlink.benchmarks;

import ee.interlink.testbed.Testbed;

/** What a person does without us: one submission over a connection that is open already. */
interface BareSubmit extends AutoCloseable {

  /** Returns once the command has. Several threads may ask at once. */
  void submit(String jobName);

  @Override
  void close();

  static String user() {
    return Testbed.USER;
  }
}
