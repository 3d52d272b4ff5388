package ee.interlink.benchmarks;

import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When each job came into the queue, by the log of slurmctld. It costs the testbed nothing, is the
 * same for jobs of all ways in, and is exact to the millisecond; a loop of squeue would be none of
 * these.
 */
final class QueueLog {
  private static final Pattern SUBMITTED =
      Pattern.compile("\\[([^\\]]+)\\] _slurm_rpc_submit_batch_job: JobId=(\\d+) .*");

  private final Path log;
  private final ZoneOffset zone;
  private final Map<String, Instant> times = new HashMap<>();
  private long read;

  /** Begins with the next job. */
  QueueLog(Testbed testbed) {
    log = testbed.outside("/var/log/slurm/slurmctld.log");
    zone = ZoneOffset.of(testbed.as("root", "date", "+%z").output().strip());
    read = log.toFile().length();
  }

  /** How many jobs have come since the beginning, whosesoever they are. */
  int count() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] news = new byte[Math.toIntExact(file.length() - read)];
      file.seek(read);
      file.readFully(news);
      String text = new String(news, StandardCharsets.US_ASCII);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      read += whole.length();
      whole.lines().map(SUBMITTED::matcher).filter(Matcher::matches).forEach(this::remember);
      return times.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When this job came; it must have. */
  Instant at(String jobId) {
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
}
