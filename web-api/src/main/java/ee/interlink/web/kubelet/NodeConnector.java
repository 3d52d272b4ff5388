package ee.interlink.web.kubelet;

import static java.lang.System.Logger.Level.DEBUG;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Notices also those clients whose machine vanished without a word. */
final class NodeConnector extends ServerConnector {
  private static final System.Logger LOG = System.getLogger(NodeConnector.class.getName());
  private static final int ONE = 1;

  /**
   * Seconds of silence, seconds between questions, and how many: a minute and a half in all. By
   * name, for their class is in a module of the JDK that WildFly hides from applications.
   */
  private static final Map<String, Integer> PROBES =
      Map.of("TCP_KEEPIDLE", 60, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 3);

  NodeConnector(Server server, ConnectionFactory... protocols) {
    super(server, ONE, ONE, protocols);
  }

  @Override
  protected void configure(Socket socket) {
    super.configure(socket);
    try {
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      for (SocketOption<?> option : socket.supportedOptions()) {
        if (PROBES.containsKey(option.name())) {
          set(socket, option, PROBES.get(option.name()));
        }
      }
    } catch (IOException e) {
      LOG.log(DEBUG, "a client that left at once: {0}", e.getMessage());
    }
  }

  private static <T> void set(Socket socket, SocketOption<T> option, Integer value)
      throws IOException {
    socket.setOption(option, option.type().cast(value));
  }
}
