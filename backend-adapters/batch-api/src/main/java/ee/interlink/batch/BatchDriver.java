package ee.interlink.batch;

/**
 * One kind of batch system; the {@code java.sql.Driver} of batch systems. Found by {@link
 * java.util.ServiceLoader}; has no state of its own.
 */
public interface BatchDriver {

  /** The value of {@code interlink.backends.<name>.driver} that chooses it. */
  String name();

  /** See {@link BatchConnectionFactory#check(BackendSettings)}. */
  void check(BackendSettings backend) throws InvalidSettingException;

  /** See {@link BatchConnectionFactory#check(BackendSettings, JobRequest)}; refuses nothing. */
  default void check(BackendSettings backend, JobRequest request) throws InvalidRequestException {}

  /** See {@link BatchConnectionFactory#updates(BackendSettings)}. */
  default boolean updates(BackendSettings backend) {
    return true;
  }

  /**
   * Opens a way into the backend that stays open between uses.
   *
   * @param backend settings that have passed {@link #check(BackendSettings)}
   */
  DriverConnection connect(BackendSettings backend, AccountName account) throws BatchException;

  /** A physical connection, as a pool holds it: {@link #close} ends it for good. */
  interface DriverConnection extends BatchConnection {
    /** Whether it can still be used, told without a remote question. */
    boolean isOpen();
  }
}
