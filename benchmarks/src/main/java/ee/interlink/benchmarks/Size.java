package ee.interlink.benchmarks;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param submits pods by each way in, one after another
 * @param burst pods at once
 * @param rounds bursts of each kind
 * @param live jobs that are there while statuses and commands are measured
 * @param ends jobs whose end is timed, one by one
 * @param together jobs that end at the same time
 * @param window how long commands are counted
 */
record Size(int submits, int burst, int rounds, int live, int ends, int together, Duration window) {
  /** For the figures of docs/benchmarks.md. */
  static final Size FULL = new Size(60, 500, 5, 500, 40, 100, Duration.ofMinutes(1));

  /** To see in short time whether everything works. */
  static final Size SMALL = new Size(8, 40, 1, 40, 10, 20, Duration.ofSeconds(15));
}
