package ee.interlink.benchmarks;

import java.time.Duration;
import java.util.List;

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
 * @param crowds live pods of a node while ends of some of them are timed
 * @param idle live pods of a node while nothing happens to them
 * @param largeBurst pods at once to a scheduler
 * @param byHand how many jobs are submitted one after another without a pause, or by hand beside a
 *     large burst
 * @param waiting jobs that wait in the queue while nothing happens
 * @param holds of them held by hand, one after another
 * @param cancelled of them deleted, as fast as can be
 * @param runs of the runner alone, by turns with bare Apptainer
 * @param news jobs whose events are read at once
 */
record Size(
    int submits,
    int burst,
    int rounds,
    int live,
    int ends,
    int together,
    Duration window,
    List<Integer> crowds,
    List<Integer> idle,
    int largeBurst,
    int byHand,
    List<Integer> waiting,
    int holds,
    int cancelled,
    int runs,
    int news) {
  /** For the figures of docs/benchmarks.md. */
  static final Size FULL =
      new Size(
          60,
          500,
          5,
          500,
          40,
          100,
          Duration.ofMinutes(1),
          List.of(10, 100, 300),
          List.of(110, 1000),
          2000,
          200,
          List.of(5, 5000),
          20,
          2000,
          25,
          1000);

  /** To see in short time whether everything works. */
  static final Size SMALL =
      new Size(
          8,
          40,
          1,
          40,
          10,
          20,
          Duration.ofSeconds(15),
          List.of(5, 12),
          List.of(5, 20),
          100,
          20,
          List.of(5, 60),
          4,
          40,
          4,
          50);
}
