package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** How long after a job's end the API server says so. */
final class NodeStatusBenchmark implements Benchmark {
  private static final int MILLIS_BETWEEN_ENDS = 500;
  private static final Duration LEAD = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(6);

  /** So that ends fall on all moments of a round. */
  private final Random random = new Random(4);

  private final Table table =
      new Table(
          "node-status: from the job's end to Succeeded in the API, in ms",
          "live pods",
          "of them running",
          "ends",
          "how they end",
          "p50",
          "p95",
          "max");

  private record Wave(List<String> uids, Path go, Duration longest) {}

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    NodeBench node = new NodeBench(bench, Queue.NORMAL);
    ends(bench, node, wave(bench, node, bench.size().crowds().get(0)));
    for (int live : bench.size().crowds()) {
      crowd(bench, node, live);
    }
    table.note(
        "A job's end is the time that its container writes as its last act; heard of by a watch of "
            + "the pods. Goal: p95 at most 2000 at each.");
    return List.of(table);
  }

  private void crowd(Bench bench, NodeBench node, int live)
      throws IOException, InterruptedException {
    int ends = bench.size().ends();
    // Those whose end is to be seen come first, for there are not CPUs for all.
    Wave wave = wave(bench, node, Math.min(live, ends));
    List<String> fillers =
        node.create(
            Stream.generate(() -> NodeBench.withoutToken(node.bound(bench.pods().sleep(3600))))
                .limit(live - wave.uids().size())
                .toList());
    node.awaitJobs(fillers);
    node.awaitCalm();
    long running = wave.uids().size() + node.watch().inPhase(fillers, "Running");
    List<Duration> lags = new ArrayList<>(ends(bench, node, wave));
    while (lags.size() < ends) {
      lags.addAll(ends(bench, node, wave(bench, node, Math.min(live, ends))));
    }
    Sample sample = new Sample(lags);
    table.row(
        Integer.toString(live),
        Long.toString(running),
        Integer.toString(sample.size()),
        "one after another",
        shown(sample.p50()),
        shown(sample.p95()),
        shown(sample.max()));
    System.err.println(table.last());
    node.deleteAll(fillers);
  }

  private Wave wave(Bench bench, NodeBench node, int count)
      throws IOException, InterruptedException {
    Path folder = bench.shared();
    String name = "go-" + UUID.randomUUID();
    String inside = bench.inside(folder.getFileName() + "/" + name);
    List<ObjectNode> pods = new ArrayList<>();
    Duration longest = Duration.ZERO;
    for (int i = 0; i < count; i++) {
      longest =
          Duration.ofMillis((long) i * MILLIS_BETWEEN_ENDS + random.nextInt(MILLIS_BETWEEN_ENDS));
      pods.add(
          NodeBench.withoutToken(
              node.bound(EndingPod.manifest(bench.pods(), "any", inside, longest).json())));
    }
    List<String> uids = node.create(pods);
    node.awaitRunning(uids);
    return new Wave(uids, folder.resolve(name), longest);
  }

  private static List<Duration> ends(Bench bench, NodeBench node, Wave wave) throws IOException {
    Path part = wave.go().resolveSibling("part");
    Files.writeString(part, Instant.now().plus(LEAD).toEpochMilli() + "\n");
    Files.move(part, wave.go());
    await("all ends told")
        .atMost(LIMIT.plus(wave.longest()))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> wave.uids().stream().allMatch(uid -> node.watch().over(uid) != null));
    if (node.watch().inPhase(wave.uids(), "Succeeded") < wave.uids().size()) {
      throw new IllegalStateException("a pod has failed");
    }
    return wave.uids().stream()
        .map(uid -> Duration.between(ended(bench, uid), node.watch().over(uid)))
        .toList();
  }

  private static Instant ended(Bench bench, String uid) {
    try {
      String log = Files.readString(bench.jobs().resolve(uid).resolve("logs/main.log")).strip();
      long micros = Long.parseLong(log.substring(log.lastIndexOf('\n') + 1));
      return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
