package ee.interlink.connector;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchConnection;
import ee.interlink.batch.BatchConnectionFactory;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.io.Serializable;
import javax.naming.Reference;

/** What an application finds in JNDI; {@link Serializable} and {@link Referenceable} for that. */
final class PooledConnectionFactory implements BatchConnectionFactory, Serializable, Referenceable {
  private static final long serialVersionUID = 1L;

  private final BatchManagedConnectionFactory factory;
  private final ConnectionManager connections;
  private Reference reference;

  PooledConnectionFactory(BatchManagedConnectionFactory factory, ConnectionManager connections) {
    this.factory = factory;
    this.connections = connections;
  }

  @Override
  public BatchConnection getConnection(BackendSettings backend, AccountName account)
      throws BatchException {
    PooledConnection connection = allocate(new ConnectionRequest(backend, account));
    try {
      connection.connect();
      return connection;
    } catch (BatchException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void check(BackendSettings backend) throws InvalidSettingException {
    factory.check(backend);
  }

  @Override
  public void check(BackendSettings backend, JobRequest request) throws InvalidRequestException {
    factory.check(backend, request);
  }

  @Override
  public boolean updates(BackendSettings backend) {
    return factory.updates(backend);
  }

  private PooledConnection allocate(ConnectionRequest request) throws BackendUnavailableException {
    try {
      return (PooledConnection) connections.allocateConnection(factory, request);
    } catch (ResourceException e) {
      throw new BackendUnavailableException(
          "backend "
              + request.backend().name()
              + ": no connection as "
              + request.account()
              + " to be had from the pool ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  @Override
  public Reference getReference() {
    return reference;
  }

  @Override
  public void setReference(Reference reference) {
    this.reference = reference;
  }
}
