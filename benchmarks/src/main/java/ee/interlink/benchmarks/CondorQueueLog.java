package ee.interlink.benchmarks;

import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By the log in which the schedd keeps its queue. It has no times, so the kernel tells when it
 * grows, and a job has come when the end of its transaction is read.
 */
final class CondorQueueLog implements QueueLog {
  private static final String BEGIN = "105";
  private static final String END = "106";

  /**
   * A new job's ad, or a job's status "held". Ads of whole clusters have names that begin with 0.
   */
  private static final Pattern RECORD =
      Pattern.compile("(101|103) ([1-9]\\d*\\.\\d+) (JobStatus 5$)?.*");

  private static final Duration LATE = Duration.ofSeconds(5);

  private final Tail log;
  private final WatchService watch;
  private final Map<String, Instant> came = new ConcurrentHashMap<>();
  private final Map<String, Instant> held = new ConcurrentHashMap<>();
  private final List<Matcher> transaction = new ArrayList<>();
  private boolean open;
  private volatile RuntimeException failure;

  CondorQueueLog(Testbed testbed) throws IOException {
    Path file = testbed.outside("/var/spool/condor/job_queue.log");
    watch = file.getFileSystem().newWatchService();
    file.getParent().register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
    log = new Tail(file);
    Thread follower = new Thread(this::follow, "queue-log");
    follower.setDaemon(true);
    follower.start();
  }

  private void follow() {
    try {
      WatchKey key;
      do {
        key = watch.take();
        key.pollEvents();
        List<String> news = log.news();
        Instant now = Instant.now();
        news.forEach(line -> read(line, now));
      } while (key.reset());
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // Nobody wants to know any more.
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void read(String line, Instant now) {
    if (line.startsWith(BEGIN)) {
      open = true;
    } else if (line.startsWith(END)) {
      open = false;
    } else {
      Matcher matcher = RECORD.matcher(line);
      if (matcher.matches()) {
        transaction.add(matcher);
      }
    }
    if (!open) {
      transaction.forEach(record -> remember(record, now));
      transaction.clear();
    }
  }

  private void remember(Matcher record, Instant now) {
    if (record.group(1).equals("101")) {
      came.put(record.group(2), now);
    } else if (record.group(3) != null) {
      held.put(record.group(2), now);
    }
  }

  @Override
  public int count() {
    if (failure != null) {
      throw failure;
    }
    return came.size();
  }

  @Override
  public Instant at(String jobId) {
    return time(came, jobId);
  }

  /** When this job was held last; it must have been. */
  Instant held(String jobId) {
    return time(held, jobId);
  }

  private Instant time(Map<String, Instant> times, String jobId) {
    count();
    return await("job " + jobId + " in the log of the schedd")
        .atMost(LATE)
        .pollDelay(Duration.ZERO)
        .until(() -> times.get(jobId), Objects::nonNull);
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
