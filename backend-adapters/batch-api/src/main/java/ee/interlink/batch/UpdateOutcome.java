package ee.interlink.batch;

/** What has become of one {@link VolumeUpdate}. */
public enum UpdateOutcome {
  /** The job's containers see it, or something newer. */
  DONE,
  /** Not this time: to be tried again. */
  LATER,
  /** There is no use in another try: the job is over, or nothing reaches it while it runs. */
  NEVER
}
