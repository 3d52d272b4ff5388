package ee.interlink.web.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import ee.interlink.backends.BackendHealth.Health;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.Capacity.Amounts;
import ee.interlink.configuration.Backend;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A backend as the portal shows it.
 *
 * @param reason why it is not healthy; absent if it is
 * @param since when that began; absent before its first round
 * @param capacity in all, as Kubernetes names resources; absent before the backend has told
 * @param free what no job uses of it, up to a minute ago; absent if the backend does not tell
 * @param labels of its machines, as its node bears them
 * @param isDefault whether pods go there that name none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record BackendView(
    String name,
    String driver,
    boolean healthy,
    String reason,
    String since,
    Map<String, String> capacity,
    Map<String, String> free,
    Map<String, String> labels,
    @JsonProperty("default") boolean isDefault) {

  static BackendView of(
      Backend backend, Health health, Optional<Capacity> capacity, boolean isDefault) {
    return new BackendView(
        backend.name().value(),
        backend.settings().driver(),
        health.healthy(),
        health.reason(),
        health.since().equals(Instant.EPOCH) ? "" : health.since().toString(),
        capacity.map(Capacity::total).map(BackendView::amounts).orElse(Map.of()),
        capacity.flatMap(Capacity::free).map(BackendView::amounts).orElse(Map.of()),
        new TreeMap<>(capacity.map(Capacity::labels).orElse(Map.of())),
        isDefault);
  }

  private static Map<String, String> amounts(Amounts amounts) {
    Map<String, String> named = new TreeMap<>();
    named.put("cpu", Long.toString(amounts.cpus()));
    named.put("memory", Long.toString(amounts.memory().bytes()));
    named.put("nvidia.com/gpu", Long.toString(amounts.gpus()));
    return named;
  }
}
