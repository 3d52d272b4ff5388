package ee.interlink.batch;

import java.util.Objects;

/**
 * One job of one pod.
 *
 * @param pod never null
 * @param job never null
 */
public record JobRef(PodUid pod, JobId job) {
  public JobRef {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(job, "job");
  }
}
