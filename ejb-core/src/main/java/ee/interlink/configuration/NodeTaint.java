package ee.interlink.configuration;

import java.util.Objects;

/**
 * What keeps pods away that do not tolerate it (Kubernetes, "Taints and Tolerations").
 *
 * @param key a qualified name
 * @param value may be empty
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
 */
public record NodeTaint(String key, String value, String effect) {
  public NodeTaint {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(effect, "effect");
  }
}
