package ee.interlink.connector;

import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.BatchException;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/**
 * A driver's connection as the pool holds it, and the handles through which it is used. It connects
 * when it is first used and not when the pool makes it: servers make connections under a lock of
 * the whole pool, where one backend that hangs would stop all others.
 */
final class BatchManagedConnection implements ManagedConnection {
  private final ConnectionRequest request;
  private final BatchDriver driver;
  private final Set<PooledConnection> handles = ConcurrentHashMap.newKeySet();
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean useless = new AtomicBoolean();
  private volatile DriverConnection physical;
  private PrintWriter log;

  BatchManagedConnection(ConnectionRequest request, BatchDriver driver) {
    this.request = request;
    this.driver = driver;
  }

  /** Connects at the first call, which a pooled connection gets from one thread alone. */
  DriverConnection physical() throws BatchException {
    if (physical == null) {
      physical = driver.connect(request.backend(), request.account());
    }
    return physical;
  }

  boolean isOpen() {
    return !useless.get() && (physical == null || physical.isOpen());
  }

  /** Whether it leads where the request wants to go, still open. */
  boolean serves(ConnectionRequestInfo info) {
    return request.equals(info) && isOpen();
  }

  @Override
  public Object getConnection(Subject subject, ConnectionRequestInfo info)
      throws ResourceException {
    if (!request.equals(info)) {
      // Whatever the pool thought: nobody acts as another account.
      throw new IllegalStateException("this connection was opened for another request");
    }
    PooledConnection handle = new PooledConnection(this);
    handles.add(handle);
    return handle;
  }

  @Override
  public void associateConnection(Object connection) throws ResourceException {
    if (!(connection instanceof PooledConnection handle)) {
      throw new IllegalStateException("not a connection of this adapter");
    }
    handle.moveTo(this);
    handles.add(handle);
  }

  void forget(PooledConnection handle) {
    handles.remove(handle);
  }

  /** The user is done: the pool may give the connection to the next one. */
  void closed(PooledConnection handle) {
    if (handles.remove(handle)) {
      ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
      event.setConnectionHandle(handle);
      listeners.forEach(listener -> listener.connectionClosed(event));
    }
  }

  /** A call failed; if there is no connection after it, the pool must throw this away. */
  void failed(Exception cause) {
    boolean dead = physical == null || !physical.isOpen();
    if (dead && useless.compareAndSet(false, true)) {
      ConnectionEvent event =
          new ConnectionEvent(this, ConnectionEvent.CONNECTION_ERROR_OCCURRED, cause);
      listeners.forEach(listener -> listener.connectionErrorOccurred(event));
    }
  }

  @Override
  public void cleanup() {
    handles.forEach(PooledConnection::cutOff);
    handles.clear();
  }

  @Override
  public void destroy() {
    cleanup();
    useless.set(true);
    if (physical != null) {
      physical.close();
    }
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public XAResource getXAResource() throws ResourceException {
    throw new NotSupportedException("a batch system has no transactions");
  }

  @Override
  public LocalTransaction getLocalTransaction() throws ResourceException {
    throw new NotSupportedException("a batch system has no transactions");
  }

  @Override
  public ManagedConnectionMetaData getMetaData() {
    return new BatchMetadata(request);
  }

  @Override
  public PrintWriter getLogWriter() {
    return log;
  }

  @Override
  public void setLogWriter(PrintWriter log) {
    this.log = log;
  }
}
