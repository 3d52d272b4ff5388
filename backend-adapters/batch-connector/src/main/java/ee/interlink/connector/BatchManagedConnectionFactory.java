package ee.interlink.connector;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import javax.security.auth.Subject;

/**
 * Opens connections for the server's pool and tells it which of them serve a request. One for all
 * drivers, so that a new backend is a matter of configuration and never of deployment.
 */
public class BatchManagedConnectionFactory
    implements ManagedConnectionFactory,
        ValidatingManagedConnectionFactory,
        ResourceAdapterAssociation {
  private static final long serialVersionUID = 1L;

  private final transient Drivers drivers;
  private ResourceAdapter adapter;
  private transient PrintWriter log;

  /** For the server. */
  public BatchManagedConnectionFactory() {
    this(Drivers.installed());
  }

  BatchManagedConnectionFactory(Drivers drivers) {
    this.drivers = drivers;
  }

  void check(BackendSettings backend) throws InvalidSettingException {
    drivers.of(backend).check(backend);
  }

  void check(BackendSettings backend, JobRequest request) throws InvalidRequestException {
    checked(backend).check(backend, request);
  }

  boolean updates(BackendSettings backend) {
    return checked(backend).updates(backend);
  }

  private BatchDriver checked(BackendSettings backend) {
    try {
      return drivers.of(backend);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException("settings that have not passed check()", e);
    }
  }

  @Override
  public Object createConnectionFactory(ConnectionManager connections) {
    return new PooledConnectionFactory(this, connections);
  }

  @Override
  public Object createConnectionFactory() throws ResourceException {
    throw new NotSupportedException("outside of a server, use a driver directly");
  }

  @Override
  public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo info)
      throws ResourceException {
    if (!(info instanceof ConnectionRequest request)) {
      // A pool that fills itself before anyone asked cannot know for whom.
      throw new NotSupportedException("a connection needs a backend and an account");
    }
    try {
      return new BatchManagedConnection(request, drivers.of(request.backend()));
    } catch (InvalidSettingException e) {
      throw new ResourceException(e.getMessage(), e);
    }
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface is older than generics
  public ManagedConnection matchManagedConnections(
      Set candidates, Subject subject, ConnectionRequestInfo info) {
    for (Object candidate : candidates) {
      if (candidate instanceof BatchManagedConnection connection && connection.serves(info)) {
        return connection;
      }
    }
    return null;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface is older than generics
  public Set getInvalidConnections(Set candidates) {
    Set<Object> invalid = new HashSet<>();
    for (Object candidate : candidates) {
      if (candidate instanceof BatchManagedConnection connection && !connection.isOpen()) {
        invalid.add(connection);
      }
    }
    return invalid;
  }

  @Override
  public ResourceAdapter getResourceAdapter() {
    return adapter;
  }

  @Override
  public void setResourceAdapter(ResourceAdapter adapter) {
    this.adapter = adapter;
  }

  @Override
  public PrintWriter getLogWriter() {
    return log;
  }

  @Override
  public void setLogWriter(PrintWriter log) {
    this.log = log;
  }

  /** Drivers have no state, so a copy that came through JNDI finds its own. */
  private Object readResolve() {
    BatchManagedConnectionFactory factory = new BatchManagedConnectionFactory();
    factory.setResourceAdapter(adapter);
    return factory;
  }

  /** Without settings of its own, one instance is as good as another (Connectors 2.1, 6.5.3). */
  @Override
  public boolean equals(Object other) {
    return other instanceof BatchManagedConnectionFactory;
  }

  @Override
  public int hashCode() {
    return BatchManagedConnectionFactory.class.hashCode();
  }
}
