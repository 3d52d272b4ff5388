package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.ratio;
import static ee.interlink.benchmarks.Sample.shown;
import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.Server;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** How fast many pods become jobs. */
final class BurstBenchmark implements Benchmark {
  private static final int CONNECTIONS = 8;

  /** As many as a backend has workers by default. */
  private static final int AT_ONCE = 4;

  private static final int WARM_UP = 20;

  private final Batch batch;
  private final String name;
  private final ToIntFunction<Size> pods;
  private final ToIntFunction<Size> bareJobs;
  private final int atOnce;
  private final String goal;

  /**
   * @param bareJobs how many are submitted beside those by bare commands
   * @param atOnce and how many of them at a time
   */
  private BurstBenchmark(
      Batch batch,
      String name,
      ToIntFunction<Size> pods,
      ToIntFunction<Size> bareJobs,
      int atOnce,
      String goal) {
    this.batch = batch;
    this.name = name;
    this.pods = pods;
    this.bareJobs = bareJobs;
    this.atOnce = atOnce;
    this.goal = goal;
  }

  static BurstBenchmark slurm() {
    return new BurstBenchmark(
        new SlurmBatch(), "burst", Size::largeBurst, Size::burst, AT_ONCE, "at least 0.9 of bare");
  }

  static BurstBenchmark rest() {
    return new BurstBenchmark(
        new RestBatch(),
        "rest-burst",
        Size::largeBurst,
        Size::largeBurst,
        AT_ONCE,
        "at least 0.9 of bare");
  }

  static BurstBenchmark htcondor() {
    return new BurstBenchmark(
        new CondorBatch(),
        "condor-burst",
        Size::largeBurst,
        Size::byHand,
        1,
        "at least 10 times bare");
  }

  @Override
  public Batch batch() {
    return batch;
  }

  private record Burst(double perSecond, double acceptedPerSecond) {}

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    Server server = bench.server(Queue.PARKED).start();
    List<Batch.Client> clients = batch.clients(bench, server, atOnce);
    try {
      WayIn ours = WayIn.rest(server, bench.pods());
      List<WayIn> byHand = clients.stream().map(Batch.Client::way).toList();
      int mass = pods.applyAsInt(bench.size());
      int few = bareJobs.applyAsInt(bench.size());
      for (WayIn bare : byHand) {
        burst(bench, bare, WARM_UP, atOnce);
      }
      burst(bench, ours, WARM_UP, CONNECTIONS);
      settle(bench, server);
      Table table =
          new Table(
              name + ": " + mass + " at once until all are in the queue, in jobs/s",
              columns(byHand));
      ResidentMemory memory = new ResidentMemory(server);
      memory.now("before");
      for (int round = 1; round <= bench.size().rounds(); round++) {
        Burst mine = burst(bench, ours, mass, CONNECTIONS);
        memory.now("after burst " + round);
        settle(bench, server);
        List<Double> bare = new ArrayList<>();
        for (WayIn way : byHand) {
          bare.add(burst(bench, way, few, atOnce).perSecond());
          settle(bench, server);
        }
        table.row(row(round, mine, bare));
      }
      table.note(
          "Ours over "
              + CONNECTIONS
              + " connections and as many workers as the default has; bare "
              + (few < mass ? few + " of them, " : "")
              + atOnce
              + " at a time. Goal: "
              + goal
              + ".");
      return List.of(table, memory.table());
    } finally {
      clients.forEach(Batch.Client::close);
    }
  }

  private static String[] columns(List<WayIn> byHand) {
    List<String> columns = new ArrayList<>(List.of("round", "ours, REST"));
    byHand.forEach(way -> columns.add(way.title()));
    byHand.forEach(way -> columns.add("ours / " + way.title()));
    columns.add("POSTs answered per second");
    return columns.toArray(String[]::new);
  }

  private static String[] row(int round, Burst mine, List<Double> bare) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(round));
    cells.add(shown(mine.perSecond()));
    bare.forEach(rate -> cells.add(shown(rate)));
    bare.forEach(rate -> cells.add(ratio(mine.perSecond(), rate)));
    cells.add(shown(mine.acceptedPerSecond()));
    return cells.toArray(String[]::new);
  }

  private static Burst burst(Bench bench, WayIn way, int count, int threads)
      throws InterruptedException {
    List<Attempt> attempts = Stream.generate(way::next).limit(count).toList();
    attempts.forEach(attempt -> bench.owns(attempt.jobName()));
    List<String> names = attempts.stream().map(Attempt::jobName).toList();
    try (QueueLog queue = bench.queueLog()) {
      Instant begun = Instant.now();
      Parallel.run(threads, attempts.stream().map(Attempt::send).toList());
      Instant accepted = Instant.now();
      await("all jobs in the queue")
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> queue.count() >= count);
      Map<String, String> ids = bench.queued(names);
      // Others may have submitted meanwhile: then some of the jobs counted were theirs.
      if (ids.size() < count) {
        await("all jobs in the queue")
            .atMost(Duration.ofMinutes(5))
            .pollInterval(Duration.ofMillis(500))
            .until(() -> bench.queued(names).size() == count);
        ids = bench.queued(names);
      }
      Instant last =
          List.copyOf(ids.values()).stream().map(queue::at).max(Instant::compareTo).orElseThrow();
      return new Burst(
          count * 1000 / Sample.millis(Duration.between(begun, last)),
          count * 1000 / Sample.millis(Duration.between(begun, accepted)));
    }
  }

  /** The server must have nothing left to do while bare commands are measured. */
  private static void settle(Bench bench, Server server) {
    bench.cancelAll();
    await("the server's word that all have ended")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> live(server) == 0);
    bench.forget();
  }

  private static long live(Server server) {
    return PodList.of(server.portal(), "").filter(pod -> !PodEnd.over(pod)).count();
  }
}
