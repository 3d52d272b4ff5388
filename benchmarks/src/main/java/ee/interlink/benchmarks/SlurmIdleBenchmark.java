package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;

import ee.interlink.testbed.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What waiting jobs cost Slurm and us, how old their statuses are, and what their end takes. */
final class SlurmIdleBenchmark implements Benchmark {
  private static final String NAMESPACE = "idle";
  private static final int CONNECTIONS = 8;

  private final Batch batch;

  private final Table costs =
      new Table(
          "slurm-idle: while nothing happens, for a minute",
          "pending jobs",
          "commands over SSH, a minute",
          "requests to slurmctld, a minute",
          "requests to slurmdbd, a minute",
          "slurmctld's processor, % of a core",
          "server's processor, % of a core",
          "server's memory, MB");

  private final Table ages =
      new Table(
          "slurm-idle: from a scontrol hold by hand to its words in our status, in ms",
          HoldAges.columns("pending jobs"));

  private final Table cancels =
      new Table(
          "slurm-idle: all of them deleted",
          "pods",
          "DELETEs answered, a second",
          "until none is in the queue, s",
          "jobs a second");

  SlurmIdleBenchmark(Batch batch) {
    this.batch = batch;
  }

  @Override
  public Batch batch() {
    return batch;
  }

  @Override
  public List<Table> run(Bench bench) throws IOException, InterruptedException {
    Server server = bench.server(Queue.PARKED).start();
    LivePods live = new LivePods(bench, server);
    List<String> uids = new ArrayList<>();
    for (int pending : bench.size().waiting()) {
      uids.addAll(live.add(pending - uids.size(), NAMESPACE));
      live.awaitCalm(NAMESPACE);
      cost(bench, server, Integer.toString(pending));
      HoldAges holds =
          new HoldAges(bench, server, "scontrol hold", "JobHeldUser", "scontrol release");
      ages.row(holds.row(uids, (id, given) -> given));
      System.err.println(ages.last());
    }
    server.stop();
    cost(bench, server, uids.size() + ", without us");
    server.start();
    cancel(bench, server, uids.subList(0, bench.size().cancelled()));
    costs.note("slurmctld's time without us is what the same queue costs it by itself.");
    ages.note("From just before the command, which takes its time; heard of as in condor-idle.");
    cancels.note("By DELETE of the pods, over " + CONNECTIONS + " connections.");
    return List.of(costs, ages, cancels);
  }

  private void cost(Bench bench, Server server, String jobs)
      throws IOException, InterruptedException {
    Duration window = bench.size().window();
    boolean there = ProcessHandle.of(server.pid()).isPresent();
    long controller = controller();
    Requests before = Requests.soFar(bench.testbed());
    Duration slurm = ProcessorTime.of(controller);
    Duration ours = there ? ProcessorTime.of(server.pid()) : Duration.ZERO;
    TimeUnit.NANOSECONDS.sleep(window.toNanos());
    Duration used = there ? ProcessorTime.of(server.pid()).minus(ours) : Duration.ZERO;
    Duration theirs = ProcessorTime.of(controller).minus(slurm);
    Requests asked = Requests.soFar(bench.testbed()).since(before);
    costs.row(
        jobs,
        Requests.perMinute(asked.remote(), window),
        Requests.perMinute(asked.controller(), window),
        Requests.perMinute(asked.accounting(), window),
        percent(theirs, window),
        percent(used, window),
        there ? ResidentMemory.megabytes(server.memory().residentKiB()) : "-");
    System.err.println(costs.last());
  }

  private void cancel(Bench bench, Server server, List<String> uids) throws InterruptedException {
    List<Runnable> deletions = new ArrayList<>();
    uids.forEach(uid -> deletions.add(() -> server.portal().delete(uid)));
    long begun = System.nanoTime();
    Parallel.run(CONNECTIONS, deletions);
    double answered = (System.nanoTime() - begun) / 1e9;
    bench.awaitNone(uids);
    double gone = (System.nanoTime() - begun) / 1e9;
    cancels.row(
        Integer.toString(uids.size()),
        shown(uids.size() / answered),
        shown(gone),
        shown(uids.size() / gone));
    System.err.println(cancels.last());
  }

  /** Its older process: the younger one only runs scripts. */
  private static long controller() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").contains("/slurmctld"))
        .mapToLong(ProcessHandle::pid)
        .min()
        .orElseThrow();
  }

  private static String percent(Duration used, Duration window) {
    return shown(100 * Sample.millis(used) / window.toMillis());
  }
}
