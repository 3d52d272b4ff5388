package ee.interlink.benchmarks;

import java.io.IOException;
import java.util.List;

/** One question about the server, answered in tables. */
@FunctionalInterface
interface Benchmark {
  List<Table> run(Bench bench) throws IOException, InterruptedException;

  /** On which batch system. */
  default Batch batch() {
    return new SlurmBatch();
  }
}
