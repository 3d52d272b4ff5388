package ee.interlink.web.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import ee.interlink.backends.BackendHealth.Health;
import ee.interlink.configuration.Backend;
import java.time.Instant;

/**
 * A backend as the portal shows it.
 *
 * @param reason why it is not healthy; absent if it is
 * @param since when that began; absent before its first round
 * @param isDefault whether pods go there that name none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record BackendView(
    String name,
    String driver,
    boolean healthy,
    String reason,
    String since,
    @JsonProperty("default") boolean isDefault) {

  static BackendView of(Backend backend, Health health, boolean isDefault) {
    return new BackendView(
        backend.name().value(),
        backend.settings().driver(),
        health.healthy(),
        health.reason(),
        health.since().equals(Instant.EPOCH) ? "" : health.since().toString(),
        isDefault);
  }
}
