package ee.interlink.benchmarks;

import ee.interlink.testbed.Server;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long the runnable jar takes to its first answer, and how much memory it then has. */
final class StartBenchmark implements Benchmark {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Table table =
      new Table("start of the runnable jar", "start", "to the first answer, in s", "then idle, MB");

  @Override
  public List<Table> run(Bench bench) throws InterruptedException {
    Server server = bench.server(Queue.PARKED);
    row("first, no journal", server);
    row("second", server);
    table.note(
        "Memory is what the kernel counts as resident, "
            + IDLE.toSeconds()
            + " s after the first answer, with one backend that is asked each second.");
    return List.of(table);
  }

  private void row(String start, Server server) throws InterruptedException {
    server.start();
    TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
    table.row(
        start,
        String.format(Locale.ROOT, "%.1f", server.startTime().toMillis() / 1000.0),
        ResidentMemory.megabytes(server.memory().residentKiB()));
    server.stop();
  }
}
