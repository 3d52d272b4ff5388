package ee.interlink.configuration;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import java.time.Duration;
import java.util.Objects;

/**
 * One configured backend: what the core itself needs to know, and the rest for the driver.
 *
 * @param settings the driver's part
 * @param account as whom jobs run unless {@code interlink.accounts.*} says otherwise
 * @param interval between two observation rounds; at least one second
 * @param workers how many pods are worked on at once, and so how many connections are used
 */
public record Backend(
    BackendSettings settings, AccountName account, Duration interval, int workers) {
  public Backend {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(interval, "interval");
  }

  public BackendName name() {
    return settings.name();
  }
}
