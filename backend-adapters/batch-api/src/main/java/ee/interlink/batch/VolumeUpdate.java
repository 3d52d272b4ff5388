package ee.interlink.batch;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Newer content of some volumes of a pod that has a job.
 *
 * @param pod never null
 * @param at when the content was looked up, so that an older one that comes late is seen to be late
 * @param volumes each in full; those that have not changed are left out
 */
public record VolumeUpdate(PodUid pod, Instant at, List<Volume.Files> volumes) {
  public VolumeUpdate {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(at, "at");
    volumes = List.copyOf(volumes);
  }
}
