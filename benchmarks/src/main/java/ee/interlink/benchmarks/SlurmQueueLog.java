package ee.interlink.benchmarks;

import ee.interlink.testbed.Testbed;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By the log of slurmctld, with the times that stand in it. */
final class SlurmQueueLog implements QueueLog {
  private static final Pattern SUBMITTED =
      Pattern.compile("\\[([^\\]]+)\\] _slurm_rpc_submit_batch_job: JobId=(\\d+) .*");

  private final Tail log;
  private final ZoneOffset zone;
  private final Map<String, Instant> times = new HashMap<>();

  SlurmQueueLog(Testbed testbed) {
    zone = ZoneOffset.of(testbed.as("root", "date", "+%z").output().strip());
    log = new Tail(testbed.outside("/var/log/slurm/slurmctld.log"));
  }

  @Override
  public int count() {
    log.news().stream().map(SUBMITTED::matcher).filter(Matcher::matches).forEach(this::remember);
    return times.size();
  }

  @Override
  public Instant at(String jobId) {
    count();
    Instant time = times.get(jobId);
    if (time == null) {
      throw new IllegalStateException("the log of slurmctld has no job " + jobId);
    }
    return time;
  }

  private void remember(Matcher line) {
    times.put(line.group(2), LocalDateTime.parse(line.group(1)).toInstant(zone));
  }

  @Override
  public void close() {
    // It is open only while it is read.
  }
}
