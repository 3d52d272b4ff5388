package ee.interlink.offload.journal;

/** By which front door a pod came, and so what may be kept of it. */
public enum Door {
  /** Our own REST: the manifest is kept as it was sent. */
  PORTAL,
  /**
   * The interLink API: its sender has put the values of Secrets into the environment, where nothing
   * tells them from others, so no value is kept.
   */
  INTERLINK,
  /**
   * A node of our own: the API server has the pod, and it goes there only after it has gone here.
   * No value is kept, since those of Secrets are among them.
   */
  KUBERNETES
}
