package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How fast many pods of a node become jobs, and what that asks of the API server. */
final class NodeBurstBenchmark implements Benchmark {
  private static final int WARM_UP = 20;
  private static final String TOKEN = "with a token";
  private static final String NO_TOKEN = "no token";

  private final Table bursts =
      new Table(
          "node-burst: pods at once until all are in the queue",
          "pods",
          "volume of the service account",
          "made, pods/s",
          "first in the queue, s",
          "queued, pods/s",
          "all told their job, s",
          "all deleted, s",
          "memory after, MB");

  private final Table counts =
      new Table(
          "node-burst: asked of the API server by us, from the first pod made until all is calm",
          "pods",
          "volume of the service account",
          "changes of a pod's status that a watch saw",
          "requests");

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    NodeBench node = new NodeBench(bench, Queue.PARKED);
    Supplier<ObjectNode> with = () -> node.bound(bench.pods().sleep(600));
    Supplier<ObjectNode> without = () -> NodeBench.withoutToken(with.get());
    ResidentMemory memory = new ResidentMemory(node.server());
    node.deleteAll(burst(bench, node, WARM_UP, with).uids());
    memory.now("before");
    int pods = bench.size().burst();
    for (int round = 1; round <= Math.min(3, bench.size().rounds()); round++) {
      row(bench, node, pods, NO_TOKEN, without);
      row(bench, node, pods, TOKEN, with);
    }
    memory.now("after bursts of " + pods);
    row(bench, node, 2 * pods, TOKEN, with);
    memory.now("after one of " + 2 * pods);
    bursts.note("Pods are made already bound, over 8 connections. Goal: 100 pods/s queued.");
    counts.note("Goal: one PATCH of a status for each change, not more.");
    return List.of(bursts, counts, memory.table());
  }

  private void row(Bench bench, NodeBench node, int count, String volume, Supplier<ObjectNode> pods)
      throws InterruptedException {
    Map<String, Long> before = node.requests();
    long changes = node.watch().changes();
    Burst burst = burst(bench, node, count, pods);
    String resident = ResidentMemory.megabytes(node.server().memory().residentKiB());
    node.awaitCalm();
    counts.row(
        Integer.toString(count),
        volume,
        Long.toString(node.watch().changes() - changes),
        KubeRequests.shown(KubeRequests.between(before, node.requests())));
    Duration deleted = node.deleteAll(burst.uids());
    bursts.row(
        Integer.toString(count),
        volume,
        shown(burst.perSecond(burst.made())),
        shown(Sample.millis(burst.first()) / 1000),
        shown(burst.perSecond(burst.last())),
        shown(Sample.millis(burst.told()) / 1000),
        shown(Sample.millis(deleted) / 1000),
        resident);
    System.err.println(bursts.last() + " " + counts.last());
  }

  /** Times count from just before the first request. */
  private record Burst(
      List<String> uids, Duration made, Duration first, Duration last, Duration told) {
    double perSecond(Duration time) {
      return uids.size() * 1000 / Sample.millis(time);
    }
  }

  private static Burst burst(Bench bench, NodeBench node, int count, Supplier<ObjectNode> pods)
      throws InterruptedException {
    List<ObjectNode> manifests = Stream.generate(pods).limit(count).toList();
    try (QueueLog queue = bench.queueLog()) {
      Instant begun = Instant.now();
      List<String> uids = node.create(manifests);
      Instant made = Instant.now();
      node.awaitJobs(uids);
      Instant told = Instant.now();
      List<Instant> queued =
          uids.stream().map(uid -> queue.at(node.watch().job(uid))).sorted().toList();
      return new Burst(
          uids,
          Duration.between(begun, made),
          Duration.between(begun, queued.get(0)),
          Duration.between(begun, queued.get(count - 1)),
          Duration.between(begun, told));
    }
  }
}
