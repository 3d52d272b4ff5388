package ee.interlink.batch;

/**
 * After which end a container is started again within its job, until the job is told to end
 * (Kubernetes API, {@code PodSpec.restartPolicy}).
 */
public enum RestartPolicy {
  /** After none. A failed init container ends the pod. */
  NEVER,
  /** After an exit code other than 0, also of an init container. */
  ON_FAILURE,
  /** After any; an init container only after a failure. Such a job ends by being told to. */
  ALWAYS
}
