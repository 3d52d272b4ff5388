package ee.interlink.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Durations, in order of length. */
final class Sample {
  private final double[] millis;

  Sample(Collection<Duration> durations) {
    millis = durations.stream().mapToDouble(Sample::millis).sorted().toArray();
  }

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  int size() {
    return millis.length;
  }

  double p50() {
    return percentile(0.50);
  }

  double p95() {
    return percentile(0.95);
  }

  double max() {
    return percentile(1);
  }

  /** The smallest value that so large a part of the values does not exceed. */
  double percentile(double part) {
    if (millis.length == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    return millis[Math.max(0, (int) Math.ceil(part * millis.length) - 1)];
  }

  static String shown(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.1f" : "%.0f", value);
  }

  static String ratio(double value, double other) {
    return String.format(Locale.ROOT, "%.2f", value / other);
  }

  @Override
  public String toString() {
    return Arrays.toString(millis);
  }
}
