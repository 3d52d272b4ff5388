package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;

import ee.interlink.testbed.Server;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How long after a job's end our status says so. */
final class StatusBenchmark implements Benchmark {
  private static final int FEW = 10;
  private static final int MILLIS_BETWEEN_ENDS = 500;
  private static final String FILLERS = "fillers";

  /** So that ends fall on all moments of a round. */
  private final Random random = new Random(4);

  private final Table table =
      new Table(
          "status: from the job's end to our status, in ms",
          "live jobs",
          "of them running",
          "ends",
          "how they end",
          "p50",
          "p95",
          "max",
          "last report after last end");

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    Server server = bench.server(Queue.NORMAL).start();
    Size size = bench.size();
    Wave.of(bench, server, FEW, i -> Duration.ZERO).letEnd(server);
    List<EndWatch.End> few = new ArrayList<>();
    while (few.size() < size.ends()) {
      few.addAll(Wave.of(bench, server, FEW, this::oneAfterAnother).letEnd(server));
    }
    row(FEW, FEW, "one after another", few);
    // Those whose end is to be seen come first, for there are not CPUs for all.
    Wave spread = Wave.of(bench, server, size.ends(), this::oneAfterAnother);
    Wave together = Wave.of(bench, server, size.together(), i -> Duration.ZERO);
    LivePods live = new LivePods(bench, server);
    live.add(size.live() - size.together() - size.ends(), FILLERS);
    live.awaitCalm(FILLERS);
    int running = (int) live.running(FILLERS) + size.together();
    row(size.live(), running + size.ends(), "one after another", spread.letEnd(server));
    live.add(size.ends(), FILLERS);
    live.awaitCalm(FILLERS);
    running = (int) live.running(FILLERS) + size.together();
    row(size.live(), running, "all at once", together.letEnd(server));
    table.note(
        "A job's end is the time that its container writes as its last act; heard of by GET of the "
            + "pod, each "
            + EndWatch.POLL.toMillis()
            + " ms. Goals: p95 at most 2000 at both, all that end at once within 3000.");
    return List.of(table);
  }

  private Duration oneAfterAnother(int number) {
    return Duration.ofMillis(
        (long) number * MILLIS_BETWEEN_ENDS + random.nextInt(MILLIS_BETWEEN_ENDS));
  }

  private void row(int live, int running, String how, List<EndWatch.End> ends) {
    Sample lags = new Sample(ends.stream().map(EndWatch.End::lag).toList());
    Instant lastEnd = ends.stream().map(EndWatch.End::ended).max(Instant::compareTo).orElseThrow();
    Instant lastHeard =
        ends.stream().map(EndWatch.End::heard).max(Instant::compareTo).orElseThrow();
    table.row(
        Integer.toString(live),
        Integer.toString(running),
        Integer.toString(lags.size()),
        how,
        shown(lags.p50()),
        shown(lags.p95()),
        shown(lags.max()),
        shown(Sample.millis(Duration.between(lastEnd, lastHeard))));
  }
}
