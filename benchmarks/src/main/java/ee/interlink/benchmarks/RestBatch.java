package ee.interlink.benchmarks;

import ee.interlink.testbed.BatchSystem;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.util.List;

/** Slurm by slurmrestd. */
final class RestBatch extends SlurmBatch {
  @Override
  public BatchSystem system(Testbed testbed) {
    return testbed.restSlurm();
  }

  @Override
  public List<Client> clients(Bench bench, int atOnce) throws IOException {
    return List.of(new Client("bare POST, kept connections", new BarePost(bench.testbed())));
  }
}
