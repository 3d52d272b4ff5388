package ee.interlink.batch;

/** What keeps a container from its image, before a run of it. */
public enum ImageState {
  /** It is being fetched, or another container of this account is about it. */
  PULLING,
  /** It could not be fetched. */
  PULL_FAILED,
  /** It could not be fetched, and is tried again after a while. */
  BACKING_OFF,
  /** The site does not have it, and {@link PullPolicy#NEVER} forbids to fetch it. */
  NOT_PRESENT,
  /** No registry can have an image of this name; it is not tried again. */
  INVALID_NAME
}
