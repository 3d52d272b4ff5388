package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;

import ee.interlink.testbed.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What waiting jobs cost HTCondor and us, and how old their statuses are. */
final class CondorIdleBenchmark implements Benchmark {
  private static final String NAMESPACE = "idle";

  /** What the schedd says of a job that was held by hand. */
  private static final String HELD = "condor_hold";

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
          HoldAges.columns("idle jobs"));

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
    try (CondorQueueLog queue = CondorBatch.log(bench.testbed())) {
      HoldAges holds = new HoldAges(bench, server, "condor_hold", HELD, "condor_release");
      ages.row(holds.row(uids, (id, given) -> queue.held(id)));
    }
    System.err.println(ages.last());
  }
}
