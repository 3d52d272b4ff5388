package ee.interlink.web.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.batch.PodUid;
import java.time.Duration;
import java.util.Optional;

/**
 * What is read of a whole Pod that only says which one is meant.
 *
 * @param metadata of the pod
 */
record PodName(Metadata metadata) {
  /**
   * @param uid as sent
   * @param grace as sent; null if there is none
   */
  record Metadata(String uid, @JsonProperty("deletionGracePeriodSeconds") JsonNode grace) {}

  /** Empty if it is not one that any pod could have. */
  Optional<PodUid> uid() {
    try {
      return Optional.ofNullable(metadata).map(Metadata::uid).map(PodUid::new);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The grace that the deletion in the cluster was given. */
  Optional<Duration> grace() {
    return Optional.ofNullable(metadata.grace())
        .filter(given -> given.canConvertToInt() && given.asInt() >= 0)
        .map(given -> Duration.ofSeconds(given.asInt()));
  }
}
