package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.Server;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How fast many pods become jobs. */
final class BurstBenchmark implements Benchmark {
  private static final int CONNECTIONS = 8;

  /** As many as a backend has workers by default. */
  private static final int AT_ONCE = 4;

  private static final int WARM_UP = 20;

  private record Burst(double perSecond, double acceptedPerSecond) {}

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    Server server = bench.server(Bench.PARKED).start();
    try (OpenSsh openSsh = new OpenSsh(bench.testbed(), bench.scratch());
        MinaSsh mina = new MinaSsh(bench.testbed(), AT_ONCE)) {
      WayIn ours = WayIn.rest(server, bench.pods());
      WayIn bareOpenSsh = WayIn.bare("OpenSSH", openSsh);
      WayIn bareMina = WayIn.bare("MINA", mina);
      int pods = bench.size().burst();
      burst(bench, bareMina, WARM_UP, AT_ONCE);
      burst(bench, ours, WARM_UP, CONNECTIONS);
      settle(bench, server);
      Table table =
          new Table(
              "burst: " + pods + " at once until all are in the queue, in jobs/s",
              "round",
              "ours, REST",
              "bare, OpenSSH client",
              "bare, MINA",
              "ours / OpenSSH",
              "ours / MINA",
              "POSTs answered per second");
      ResidentMemory memory = new ResidentMemory(server);
      memory.now("before");
      for (int round = 1; round <= bench.size().rounds(); round++) {
        Burst mine = burst(bench, ours, pods, CONNECTIONS);
        memory.now("after burst " + round);
        settle(bench, server);
        Burst first = burst(bench, bareOpenSsh, pods, AT_ONCE);
        settle(bench, server);
        Burst second = burst(bench, bareMina, pods, AT_ONCE);
        settle(bench, server);
        table.row(
            Integer.toString(round),
            shown(mine.perSecond()),
            shown(first.perSecond()),
            shown(second.perSecond()),
            String.format(Locale.ROOT, "%.2f", mine.perSecond() / first.perSecond()),
            String.format(Locale.ROOT, "%.2f", mine.perSecond() / second.perSecond()),
            shown(mine.acceptedPerSecond()));
      }
      table.note(
          "Ours over "
              + CONNECTIONS
              + " connections and as many workers as the default has; bare "
              + AT_ONCE
              + " at a time. Goal: at least 0.8 of bare.");
      return List.of(table, memory.table());
    }
  }

  private static Burst burst(Bench bench, WayIn way, int count, int threads)
      throws InterruptedException {
    List<Attempt> attempts = Stream.generate(way::next).limit(count).toList();
    attempts.forEach(attempt -> bench.owns(attempt.jobName()));
    List<String> names = attempts.stream().map(Attempt::jobName).toList();
    QueueLog queue = new QueueLog(bench.testbed());
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
        new ArrayList<>(ids.values()).stream().map(queue::at).max(Instant::compareTo).orElseThrow();
    return new Burst(
        count * 1000 / Sample.millis(Duration.between(begun, last)),
        count * 1000 / Sample.millis(Duration.between(begun, accepted)));
  }

  /** The server must have nothing left to do while bare commands are measured. */
  private static void settle(Bench bench, Server server) {
    bench.cancelAll();
    await("the server's word that all have ended")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> live(server) == 0);
  }

  private static long live(Server server) {
    long live = 0;
    for (JsonNode pod : server.portal().list("limit=1000").path("items")) {
      live += PodEnd.over(pod) ? 0 : 1;
    }
    return live;
  }
}
