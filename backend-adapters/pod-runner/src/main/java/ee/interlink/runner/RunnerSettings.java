package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.interlink.batch.RestartPolicy;
import java.util.Objects;

/**
 * What an administrator may choose of the runner.
 *
 * @param backoff how long a container that has ended waits for its next run
 * @param logLimitMebibytes what of a container's output is kept, with 4 fifths of it the last ones
 *     for sure; 0 for all
 */
public record RunnerSettings(RestartBackoff backoff, int logLimitMebibytes) {
  /** Key of {@link #logLimitMebibytes}. */
  public static final String LOG_LIMIT = "log-limit-mib";

  /** The kubelet's own, which keeps five files of 10 MiB. */
  public static final RunnerSettings USUAL = new RunnerSettings(RestartBackoff.USUAL, 50);

  /**
   * @throws IllegalArgumentException if the limit is negative
   */
  public RunnerSettings {
    Objects.requireNonNull(backoff, "backoff");
    if (logLimitMebibytes < 0) {
      throw new IllegalArgumentException("log limit " + logLimitMebibytes);
    }
  }

  /** The same, keeping all output. */
  public RunnerSettings withAllOutput() {
    return new RunnerSettings(backoff, 0);
  }

  /** How the script reads it: {@code POLICY FIRST MOST LIMIT}, in milliseconds and bytes. */
  byte[] line(RestartPolicy policy) {
    return (backoff.line(policy) + " " + ((long) logLimitMebibytes << 20) + "\n")
        .getBytes(US_ASCII);
  }
}
