package ee.interlink.benchmarks;

import ee.interlink.testbed.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How much we ask of Slurm while nothing happens to the pods. */
final class CommandsBenchmark implements Benchmark {
  private static final int FEW = 5;
  private static final String NAMESPACE = "counted";

  private final Table table =
      new Table(
          "commands: asked of Slurm in a minute, by us",
          "live jobs",
          "of them running",
          "requests to slurmctld",
          "requests to slurmdbd",
          "commands over SSH");

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    Server server = bench.server(Queue.NORMAL).start();
    LivePods live = new LivePods(bench, server);
    live.add(FEW, NAMESPACE);
    row(bench, live, FEW);
    live.add(bench.size().live() - FEW, NAMESPACE);
    row(bench, live, bench.size().live());
    return List.of(table);
  }

  private void row(Bench bench, LivePods live, int jobs) throws IOException, InterruptedException {
    live.awaitCalm(NAMESPACE);
    Requests before = Requests.soFar(bench.testbed());
    Duration window = bench.size().window();
    TimeUnit.NANOSECONDS.sleep(window.toNanos());
    Requests asked = Requests.soFar(bench.testbed()).since(before);
    table.row(
        Integer.toString(jobs),
        Long.toString(live.running(NAMESPACE)),
        Requests.perMinute(asked.controller(), window),
        Requests.perMinute(asked.accounting(), window),
        Requests.perMinute(asked.remote(), window));
  }
}
