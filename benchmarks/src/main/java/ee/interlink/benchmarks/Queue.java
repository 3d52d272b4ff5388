package ee.interlink.benchmarks;

import ee.interlink.testbed.BatchSystem;
import java.util.Map;

/** Where jobs wait. */
enum Queue {
  NORMAL {
    @Override
    Map<String, String> settings(BatchSystem batch) {
      return batch.settings();
    }
  },
  /** Takes jobs and never starts one: what waits here costs nothing but its place in the queue. */
  PARKED {
    @Override
    Map<String, String> settings(BatchSystem batch) {
      return batch.parkedSettings();
    }
  };

  /** What a backend says whose jobs go there. */
  abstract Map<String, String> settings(BatchSystem batch);
}
