package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a node costs while nothing happens to its pods. */
final class NodeIdleBenchmark implements Benchmark {
  private final Table table =
      new Table(
          "node-idle: the server while nothing happens, for a minute",
          "live pods",
          "of them running",
          "processor, % of a core",
          "memory, MB",
          "peak so far, MB",
          "asked of the API server",
          "requests to slurmctld",
          "commands over SSH");

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    NodeBench node = new NodeBench(bench, Queue.NORMAL);
    row(bench, node, List.of());
    List<String> uids = new ArrayList<>();
    for (int live : bench.size().idle()) {
      uids.addAll(
          node.create(
              Stream.generate(() -> NodeBench.withoutToken(node.bound(bench.pods().sleep(3600))))
                  .limit(live - uids.size())
                  .toList()));
      node.awaitJobs(uids);
      row(bench, node, uids);
    }
    return List.of(table.note("One process does all: node, observation, journal, front doors."));
  }

  private void row(Bench bench, NodeBench node, List<String> uids)
      throws IOException, InterruptedException {
    node.awaitCalm();
    Duration window = bench.size().window();
    Requests slurm = Requests.soFar(bench.testbed());
    Map<String, Long> before = node.requests();
    Duration cpu = ProcessorTime.of(node.server().pid());
    long begun = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(window.toNanos());
    double seconds = (System.nanoTime() - begun) / 1e9;
    Duration used = ProcessorTime.of(node.server().pid()).minus(cpu);
    Map<String, Long> requests = KubeRequests.between(before, node.requests());
    Requests asked = Requests.soFar(bench.testbed()).since(slurm);
    table.row(
        Integer.toString(uids.size()),
        Long.toString(node.watch().inPhase(uids, "Running")),
        shown(Sample.millis(used) / 10 / seconds),
        ResidentMemory.megabytes(node.server().memory().residentKiB()),
        ResidentMemory.megabytes(node.server().memory().peakKiB()),
        KubeRequests.shown(requests),
        Long.toString(asked.controller()),
        Long.toString(asked.remote()));
    System.err.println(table.last());
  }
}
