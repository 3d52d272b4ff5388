package ee.interlink.benchmarks;

import static ee.interlink.benchmarks.Sample.shown;
import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/** How old our status of a waiting job is: jobs are held by hand until its words are ours too. */
final class HoldAges {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Where one takes minutes, fewer are enough. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** So that holds fall on all moments of a round. */
  private final Random random = new Random(4);

  private final Bench bench;
  private final Server server;
  private final String hold;
  private final String words;
  private final String release;

  /**
   * @param hold a command that has the job's id as its last word
   * @param words what the batch system then says of it
   */
  HoldAges(Bench bench, Server server, String hold, String words, String release) {
    this.bench = bench;
    this.server = server;
    this.hold = hold;
    this.words = words;
    this.release = release;
  }

  static String[] columns(String jobs) {
    return new String[] {jobs, "holds", "p50", "p95", "max"};
  }

  /**
   * @param since when a job was held, by its id and by when the command was about to be given
   */
  String[] row(List<String> uids, BiFunction<String, Instant, Instant> since) {
    List<Duration> lags = new ArrayList<>();
    Instant begun = Instant.now();
    for (int i = 0; i < bench.size().holds() && Instant.now().isBefore(begun.plus(PATIENCE)); i++) {
      String uid = uids.get(random.nextInt(uids.size()));
      String id = bench.queued(List.of(uid)).get(uid);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1000)));
      Instant given = Instant.now();
      byHand(hold, id);
      Instant heard = awaitWords(uid, true);
      lags.add(Duration.between(since.apply(id, given), heard));
      byHand(release, id);
      awaitWords(uid, false);
    }
    Sample sample = new Sample(lags);
    return new String[] {
      Integer.toString(uids.size()),
      Integer.toString(sample.size()),
      shown(sample.p50()),
      shown(sample.p95()),
      shown(sample.max())
    };
  }

  private void byHand(String command, String id) {
    bench.testbed().as(Testbed.USER, (command + " " + id).split(" ")).output();
  }

  private Instant awaitWords(String uid, boolean there) {
    await((there ? "the words" : "no words") + " of a hold of " + uid)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(EndWatch.POLL)
        .until(() -> server.portal().pod(uid).path("status").toString().contains(words) == there);
    return Instant.now();
  }
}
