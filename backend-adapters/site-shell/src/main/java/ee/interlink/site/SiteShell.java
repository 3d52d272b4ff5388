package ee.interlink.site;

/**
 * A way to run commands at a site as one account. Used by one thread at a time, kept open between
 * commands.
 */
public interface SiteShell extends AutoCloseable {

  /**
   * Runs one command to its end. A command that outlives its time limit is ended. Its exit status,
   * whatever it is, is an answer and not an exception.
   *
   * @throws SiteUnavailableException if it could not be run, or its end was not heard of
   * @throws CommandTimeoutException if it did not end in time
   * @throws OutputTooLongException if it said more than the command allows
   * @throws InterruptedException if this thread was interrupted meanwhile
   */
  CommandResult run(Command command) throws SiteException, InterruptedException;

  /** Whether it can still be used, told without a remote question. */
  boolean isOpen();

  /** Ends it for good. Never throws. */
  @Override
  void close();
}
