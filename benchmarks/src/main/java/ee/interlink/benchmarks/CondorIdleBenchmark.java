package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;
import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What waiting jobs cost HTCondor and us, and how old their statuses are. */
final class CondorIdleBenchmark implements Benchmark {
  private static final String NAMESPACE = "idle";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** What the schedd says of a job that was held by hand. */
  private static final String HELD = "condor_hold";

  /** So that holds fall on all moments of a round. */
  private final Random random = new Random(4);

  private final Table costs =
      new Table(
          "condor-idle: while nothing happens, for a minute",
          "idle jobs",
          "commands over SSH, a minute",
          "schedd's duty cycle, %",
          "RecentDaemonCoreDutyCycle before, %",
          "and after, %",
          "server's processor, % of a core",
          "server's memory, MB");

  private final Table ages =
      new Table(
          "condor-idle: from a condor_hold by hand to its words in our status, in ms",
          "idle jobs",
          "holds",
          "p50",
          "p95",
          "max");

  @Override
  public Batch batch() {
    return new CondorBatch();
  }

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    Server server = bench.server(Queue.PARKED).start();
    LivePods live = new LivePods(bench, server);
    List<String> uids = new ArrayList<>();
    for (int idle : bench.size().waiting()) {
      uids.addAll(live.add(idle - uids.size(), NAMESPACE));
      live.awaitCalm(NAMESPACE);
      cost(bench, server, idle);
      age(bench, server, uids);
    }
    costs.note(
        "The duty cycle is 1 - DCSelectWaittime / DCPumpCycleSum of that time, by the schedd's own"
            + " statistics; RecentDaemonCoreDutyCycle is of its latest 20 minutes. All jobs have"
            + " the accounting group parked, and the negotiator goes on to ask for them.");
    ages.note(
        "A hold is in the queue when it is in job_queue.log; heard of by GET of the pod, each "
            + EndWatch.POLL.toMillis()
            + " ms. After each the job is released.");
    return List.of(costs, ages);
  }

  private void cost(Bench bench, Server server, int idle) throws IOException, InterruptedException {
    Duration window = bench.size().window();
    Schedd schedd = Schedd.soFar(bench.testbed());
    long commands = SshCommands.soFar(bench.testbed());
    Duration cpu = ProcessorTime.of(server.pid());
    TimeUnit.NANOSECONDS.sleep(window.toNanos());
    Duration used = ProcessorTime.of(server.pid()).minus(cpu);
    long given = SshCommands.soFar(bench.testbed()) - commands;
    Schedd later = Schedd.soFar(bench.testbed());
    costs.row(
        Integer.toString(idle),
        shown(given * 60.0 / window.toSeconds()),
        shown(100 * later.dutyCycleSince(schedd)),
        shown(100 * schedd.recent()),
        shown(100 * later.recent()),
        shown(100 * Sample.millis(used) / window.toMillis()),
        ResidentMemory.megabytes(server.memory().residentKiB()));
    System.err.println(costs.last());
  }

  private void age(Bench bench, Server server, List<String> uids) {
    List<Duration> lags = new ArrayList<>();
    try (CondorQueueLog queue = CondorBatch.log(bench.testbed())) {
      for (int hold = 0; hold < bench.size().holds(); hold++) {
        String uid = uids.get(random.nextInt(uids.size()));
        String id = bench.queued(List.of(uid)).get(uid);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1000)));
        byHand(bench, "condor_hold", id);
        Instant heard = awaitWords(server, uid, true);
        lags.add(Duration.between(queue.held(id), heard));
        byHand(bench, "condor_release", id);
        awaitWords(server, uid, false);
      }
    }
    Sample sample = new Sample(lags);
    ages.row(
        Integer.toString(uids.size()),
        Integer.toString(sample.size()),
        shown(sample.p50()),
        shown(sample.p95()),
        shown(sample.max()));
    System.err.println(ages.last());
  }

  private static void byHand(Bench bench, String command, String id) {
    bench.testbed().as(Testbed.USER, command, id).output();
  }

  private static Instant awaitWords(Server server, String uid, boolean there) {
    await((there ? "the words" : "no words") + " of a hold of " + uid)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(EndWatch.POLL)
        .until(() -> server.portal().pod(uid).path("status").toString().contains(HELD) == there);
    return Instant.now();
  }
}
