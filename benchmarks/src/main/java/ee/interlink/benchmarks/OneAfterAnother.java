package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.ratio;
import static ee.interlink.benchmarks.Sample.shown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How many jobs a second come into the queue, each submitted as soon as the one before is there.
 */
final class OneAfterAnother {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofNanos(200_000);

  private final Bench bench;
  private final QueueLog queue;

  OneAfterAnother(Bench bench, QueueLog queue) {
    this.bench = bench;
    this.queue = queue;
  }

  /**
   * @param ours the way that is to be compared with the others
   */
  Table table(String name, WayIn ours, List<WayIn> others) {
    List<WayIn> ways = Stream.concat(Stream.of(ours), others.stream()).toList();
    List<String> columns = new ArrayList<>(List.of("round"));
    ways.forEach(way -> columns.add(way.title()));
    others.forEach(way -> columns.add("ours / " + way.title()));
    Table table =
        new Table(
            name + ": one after another without a pause, in jobs/s",
            columns.toArray(String[]::new));
    int jobs = bench.size().byHand();
    for (int round = 1; round <= bench.size().rounds(); round++) {
      List<Double> rates = new ArrayList<>();
      ways.forEach(way -> rates.add(perSecond(way, jobs)));
      table.row(row(round, rates));
    }
    return table.note(
        jobs
            + " in each round by each way, each from its request until it is in the queue and"
            + " answered. Goal: ours at least 0.9 of bare.");
  }

  private static String[] row(int round, List<Double> rates) {
    return Stream.of(
            Stream.of(Integer.toString(round)),
            rates.stream().map(rate -> shown(rate)),
            rates.stream().skip(1).map(rate -> ratio(rates.get(0), rate)))
        .flatMap(cells -> cells)
        .toArray(String[]::new);
  }

  private double perSecond(WayIn way, int jobs) {
    List<Attempt> attempts = Stream.generate(way::next).limit(jobs).toList();
    attempts.forEach(attempt -> bench.owns(attempt.jobName()));
    long begun = System.nanoTime();
    for (Attempt attempt : attempts) {
      int before = queue.count();
      attempt.send().run();
      awaitMore(before);
    }
    return jobs * 1e9 / (System.nanoTime() - begun);
  }

  private void awaitMore(int before) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (queue.count() <= before) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no job in the queue after " + LIMIT.toSeconds() + " s");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
