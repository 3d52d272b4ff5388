package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** How long a pod takes from its binding to its job in the queue, with nothing else going on. */
final class NodeSubmitBenchmark implements Benchmark {
  private static final Duration SETTLE = Duration.ofMillis(250);
  private static final int WARM_UP = 20;

  private record Way(String title, boolean fromRequest, Supplier<String> create) {}

  private record Made(String uid, Instant requested) {}

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    NodeBench node = new NodeBench(bench, Queue.PARKED);
    List<Way> ways =
        List.of(
            new Way(
                "bound by the scheduler, with a token; from a watch's word that it is bound",
                false,
                () -> node.create(node.scheduled(bench.pods().sleep(600)))),
            new Way(
                "the same, no token",
                false,
                () -> node.create(NodeBench.withoutToken(node.scheduled(bench.pods().sleep(600))))),
            new Way(
                "bound when made, with a token; from just before the request",
                true,
                () -> node.create(node.bound(bench.pods().sleep(600)))),
            new Way(
                "the same, no token",
                true,
                () -> node.create(NodeBench.withoutToken(node.bound(bench.pods().sleep(600))))));
    try (QueueLog queue = bench.queueLog()) {
      return List.of(measured(node, ways, queue, bench.size().submits()));
    }
  }

  private static Table measured(NodeBench node, List<Way> ways, QueueLog queue, int submits) {
    rounds(queue, ways, Math.min(WARM_UP, submits));
    Map<Way, List<Made>> made = rounds(queue, ways, submits);
    // The API server is told which job it is after a moment; only then can its time be looked up.
    node.awaitJobs(made.values().stream().flatMap(List::stream).map(Made::uid).toList());
    Table table =
        new Table(
            "node: from a pod's binding to its job in the queue, one after another, in ms",
            "pod",
            "n",
            "p50",
            "p95",
            "max");
    made.forEach(
        (way, pods) -> {
          Sample sample =
              new Sample(
                  pods.stream()
                      .map(
                          pod ->
                              Duration.between(
                                  way.fromRequest()
                                      ? pod.requested()
                                      : node.watch().bound(pod.uid()),
                                  queue.at(node.watch().job(pod.uid()))))
                      .toList());
          table.row(
              way.title(),
              Integer.toString(sample.size()),
              shown(sample.p50()),
              shown(sample.p95()),
              shown(sample.max()));
        });
    return table.note(
        "Commands go over SSH to this machine, which is more than local commands would be."
            + " Goal: p50 at most 40, p95 at most 60.");
  }

  /** Each round takes each way once, and begins with another one each time. */
  private static Map<Way, List<Made>> rounds(QueueLog queue, List<Way> ways, int rounds) {
    Map<Way, List<Made>> made = new LinkedHashMap<>();
    ways.forEach(way -> made.put(way, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < ways.size(); i++) {
        Way way = ways.get((round + i) % ways.size());
        int before = queue.count();
        Instant requested = Instant.now();
        String uid = way.create().get();
        made.get(way).add(new Made(uid, requested));
        await("a job in the queue")
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(5))
            .until(() -> queue.count() > before);
        // What follows, such as its Events, is not to slow the next one.
        LockSupport.parkNanos(SETTLE.toNanos());
      }
    }
    return made;
  }
}
