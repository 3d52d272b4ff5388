package ee.interlink.web.kubelet;

import ee.interlink.web.kubelet.certificate.CurrentIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The listeners of all nodes: one server with one bounded pool of threads, one TLS port each. */
final class KubeletServer {
  /** Readers of logs have {@link #READERS} of them, so that some are left for short requests. */
  private static final int THREADS = 192;

  static final int READERS = 128;
  private static final int SPARE_THREADS = 4;
  private static final int CONNECTIONS = 1_024;

  /** Kubelet's own: the API server keeps connections for that long, too. */
  private static final Duration IDLE = Duration.ofSeconds(90);

  /** Strangers who only hold connections have to go soon when there are too many. */
  private static final Duration IDLE_IF_FULL = Duration.ofSeconds(5);

  private static final Duration STOP = Duration.ofSeconds(2);

  /** Tokens may be some kilobytes long. */
  private static final int HEADERS = 24 << 10;

  private final Server server;
  private final PortHandler handler = new PortHandler();

  KubeletServer(ThreadFactory threads) {
    QueuedThreadPool pool =
        new QueuedThreadPool(THREADS, SPARE_THREADS, (int) IDLE.toMillis(), 0, null, null, threads);
    pool.setName("kubelet");
    pool.setStopTimeout(STOP.toMillis());
    server = new Server(pool);
    server.setHandler(handler);
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(STOP.toMillis());
    NetworkConnectionLimit limit = new NetworkConnectionLimit(CONNECTIONS, server);
    limit.setEndPointIdleTimeout(IDLE_IF_FULL.toMillis());
    server.addBean(limit);
  }

  /**
   * Opens a port. Nothing is answered before {@link #start}.
   *
   * @param port 0 for any that is free
   * @throws IOException if it cannot be listened on
   */
  void listen(String name, String bind, int port, CurrentIdentity identity, NodeDoor door)
      throws IOException {
    ServerConnector connector =
        new NodeConnector(
            server,
            new SslConnectionFactory(tls(identity), HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(http()));
    connector.setName(name);
    connector.setHost(bind);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setShutdownIdleTimeout(1); // who asks nothing when we stop is not waited for
    connector.open();
    server.addConnector(connector);
    handler.add(name, door);
  }

  void start() {
    try {
      server.start();
    } catch (Exception e) { // what Jetty declares
      throw new IllegalStateException("the kubelet's ports cannot be opened", e);
    }
  }

  /** Where the listener of that name listens. */
  int port(String name) {
    return Arrays.stream(server.getConnectors())
        .filter(connector -> name.equals(connector.getName()))
        .mapToInt(connector -> ((ServerConnector) connector).getLocalPort())
        .findFirst()
        .orElseThrow();
  }

  /** Closes all ports, also those that were opened before a start that never came. */
  void stop() {
    try {
      server.stop();
      for (Connector connector : server.getConnectors()) {
        ((ServerConnector) connector).close();
      }
    } catch (Exception e) { // what Jetty declares
      throw new IllegalStateException("the kubelet's ports cannot be closed", e);
    }
  }

  private static SslContextFactory.Server tls(CurrentIdentity identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {identity}, new TrustManager[] {new AnyClientCertificate()}, null);
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setSslContext(context);
      tls.setWantClientAuth(true);
      tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      return tls;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADERS);
    // The API server comes by address and not by the name that the certificate has.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return http;
  }
}
