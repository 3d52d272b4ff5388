package ee.interlink.web.kubelet;

import static java.lang.System.Logger.Level.DEBUG;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Notices also those clients whose machine vanished without a word. */
final class NodeConnector extends ServerConnector {
  private static final System.Logger LOG = System.getLogger(NodeConnector.class.getName());
  private static final int ONE = 1;

  /** Seconds of silence, seconds between questions, and how many: a minute and a half in all. */
  private static final Map<SocketOption<Integer>, Integer> PROBES =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 60,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

  NodeConnector(Server server, ConnectionFactory... protocols) {
    super(server, ONE, ONE, protocols);
  }

  @Override
  protected void configure(Socket socket) {
    super.configure(socket);
    try {
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      for (Map.Entry<SocketOption<Integer>, Integer> probe : PROBES.entrySet()) {
        if (socket.supportedOptions().contains(probe.getKey())) {
          socket.setOption(probe.getKey(), probe.getValue());
        }
      }
    } catch (IOException e) {
      LOG.log(DEBUG, "a client that left at once: {0}", e.getMessage());
    }
  }
}
