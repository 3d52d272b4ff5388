package ee.interlink.batch;

/**
 * Gives out connections; the {@code javax.sql.DataSource} of batch systems. In a server this is a
 * pooled Jakarta Connectors factory (Connectors 2.1, chapter 6 "Connection Management").
 */
public interface BatchConnectionFactory {

  /**
   * @param backend whose settings have passed {@link #check(BackendSettings)}
   * @param account as whom
   * @throws BackendUnavailableException if the site cannot be reached, or all connections are in
   *     use for too long
   * @throws NotAuthorisedException if the site does not let the account in
   */
  BatchConnection getConnection(BackendSettings backend, AccountName account) throws BatchException;

  /**
   * Reads a backend's settings without connecting anywhere.
   *
   * @throws InvalidSettingException naming the first key that is unknown, missing or malformed
   */
  void check(BackendSettings backend) throws InvalidSettingException;

  /**
   * Holds a request against the backend's settings without connecting anywhere: what is refused
   * here would be refused at its submission too.
   *
   * @param backend whose settings have passed {@link #check(BackendSettings)}
   * @throws InvalidRequestException naming all fields of the pod that stand in the way
   */
  void check(BackendSettings backend, JobRequest request) throws InvalidRequestException;

  /**
   * Whether the backend's jobs can be given newer files ({@link BatchConnection#update}).
   *
   * @param backend whose settings have passed {@link #check(BackendSettings)}
   */
  boolean updates(BackendSettings backend);
}
