package ee.interlink.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAllocationException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Pools as a server does: by the events of the connections and the answers of the factory. */
final class FakePool implements ConnectionManager, ConnectionEventListener {
  private static final long serialVersionUID = 1L;

  private final int most;
  private final transient Set<ManagedConnection> idle = new LinkedHashSet<>();
  private int inUse;

  FakePool(int most) {
    this.most = most;
  }

  int idle() {
    return idle.size();
  }

  int inUse() {
    return inUse;
  }

  @Override
  public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
      throws ResourceException {
    if (inUse == most) {
      throw new ResourceAllocationException("all " + most + " are in use");
    }
    ManagedConnection connection = factory.matchManagedConnections(idle, null, info);
    if (connection == null) {
      connection = factory.createManagedConnection(null, info);
      connection.addConnectionEventListener(this);
    }
    idle.remove(connection);
    inUse++;
    return connection.getConnection(null, info);
  }

  @Override
  public void connectionClosed(ConnectionEvent event) {
    ManagedConnection connection = (ManagedConnection) event.getSource();
    try {
      connection.cleanup();
    } catch (ResourceException e) {
      throw new AssertionError(e);
    }
    idle.add(connection);
    inUse--;
  }

  @Override
  public void connectionErrorOccurred(ConnectionEvent event) {
    try {
      ((ManagedConnection) event.getSource()).destroy();
    } catch (ResourceException e) {
      throw new AssertionError(e);
    }
    inUse--;
  }

  @Override
  public void localTransactionStarted(ConnectionEvent event) {
    throw new AssertionError("no transactions");
  }

  @Override
  public void localTransactionCommitted(ConnectionEvent event) {
    throw new AssertionError("no transactions");
  }

  @Override
  public void localTransactionRolledback(ConnectionEvent event) {
    throw new AssertionError("no transactions");
  }
}
