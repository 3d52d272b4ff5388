package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;
import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.Server;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** How long a pod takes from its POST to its job in the queue, with nothing else going on. */
final class SubmitBenchmark implements Benchmark {
  private static final Duration SETTLE = Duration.ofMillis(250);
  private static final int WARM_UP = 20;

  private final Batch batch;
  private final String name;
  private final String note;
  private final boolean unpaused;

  /**
   * @param unpaused whether to measure also how many a second come one after another
   */
  private SubmitBenchmark(Batch batch, String name, String note, boolean unpaused) {
    this.batch = batch;
    this.name = name;
    this.note = note;
    this.unpaused = unpaused;
  }

  static SubmitBenchmark slurm() {
    String goal = "Goal: ours at most 40 ms above bare, at p50 and at p95.";
    return new SubmitBenchmark(new SlurmBatch(), "submit", goal, false);
  }

  static SubmitBenchmark rest() {
    String note =
        "Bare is over one HTTP connection, with the script of one of our jobs, which has the pod's files, and with one of two lines.";
    return new SubmitBenchmark(new RestBatch(), "rest-submit", note, true);
  }

  static SubmitBenchmark htcondor() {
    String note = "A job is in the queue when its transaction is in job_queue.log.";
    return new SubmitBenchmark(new CondorBatch(), "condor-submit", note, true);
  }

  @Override
  public Batch batch() {
    return batch;
  }

  private record Submission(String jobName, Instant begun, Instant accepted) {}

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    Server server = bench.server(Queue.PARKED).start();
    List<Batch.Client> clients = batch.clients(bench, server, 1);
    try (QueueLog queue = bench.queueLog()) {
      WayIn rest = WayIn.rest(server, bench.pods());
      List<WayIn> byHand = clients.stream().map(Batch.Client::way).toList();
      List<WayIn> ways = new ArrayList<>(List.of(rest, WayIn.wire(server, bench.pods())));
      ways.addAll(byHand);
      rounds(bench, ways, queue, Math.min(WARM_UP, bench.size().submits()));
      Map<WayIn, List<Submission>> measured = rounds(bench, ways, queue, bench.size().submits());
      List<Table> tables = new ArrayList<>(List.of(table(bench, measured, queue)));
      if (unpaused) {
        tables.add(new OneAfterAnother(bench, queue).table(name, rest, byHand));
      }
      return tables;
    } finally {
      clients.forEach(Batch.Client::close);
    }
  }

  /** Each round takes each way once, and begins with another one each time. */
  private static Map<WayIn, List<Submission>> rounds(
      Bench bench, List<WayIn> ways, QueueLog queue, int rounds) {
    Map<WayIn, List<Submission>> done = new LinkedHashMap<>();
    ways.forEach(way -> done.put(way, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < ways.size(); i++) {
        WayIn way = ways.get((round + i) % ways.size());
        done.get(way).add(submit(bench, way.next(), queue));
      }
    }
    return done;
  }

  private static Submission submit(Bench bench, Attempt attempt, QueueLog queue) {
    bench.owns(attempt.jobName());
    int before = queue.count();
    Instant begun = Instant.now();
    attempt.send().run();
    Instant accepted = Instant.now();
    await("the job in the queue")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> queue.count() > before);
    // What follows a submission, such as recording the job's id, is not to slow the next one.
    LockSupport.parkNanos(SETTLE.toNanos());
    return new Submission(attempt.jobName(), begun, accepted);
  }

  private Table table(Bench bench, Map<WayIn, List<Submission>> measured, QueueLog queue) {
    Table table =
        new Table(
            name + ": from the request to the job in the queue, one after another, in ms",
            "way in",
            "n",
            "p50",
            "p95",
            "max",
            "answer p50",
            "answer p95");
    measured.forEach(
        (way, submissions) -> {
          Map<String, String> ids =
              bench.queued(submissions.stream().map(Submission::jobName).toList());
          Sample queued =
              new Sample(
                  submissions.stream()
                      .map(s -> Duration.between(s.begun(), queue.at(ids.get(s.jobName()))))
                      .toList());
          Sample answered =
              new Sample(
                  submissions.stream()
                      .map(s -> Duration.between(s.begun(), s.accepted()))
                      .toList());
          table.row(
              way.title(),
              Integer.toString(queued.size()),
              shown(queued.p50()),
              shown(queued.p95()),
              shown(queued.max()),
              shown(answered.p50()),
              shown(answered.p95()));
        });
    return table.note(note);
  }
}
