package ee.interlink.batch;

import java.util.Locale;

/** When a container's image is fetched from its registry (Kubernetes, "Image pull policy"). */
public enum PullPolicy {
  /** Before each run: it may have changed there. */
  ALWAYS,
  /** Only if the site does not have it yet. */
  IF_NOT_PRESENT,
  /** The site has it, or the container waits. */
  NEVER;

  /** As the runner reads it: {@code if-not-present}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
