package ee.interlink.web.kubelet;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.web.kubelet.access.ClusterAwayException;
import ee.interlink.web.problem.ProblemException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Leads each request to the door of the node whose port it came to, and tells what went wrong. */
final class PortHandler extends Handler.Abstract {
  private static final System.Logger LOG = System.getLogger(PortHandler.class.getName());
  private final Map<String, NodeDoor> doors = new ConcurrentHashMap<>();

  void add(String connector, NodeDoor door) {
    doors.put(connector, door);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    NodeDoor door = doors.get(request.getConnectionMetaData().getConnector().getName());
    Exchange exchange = new Exchange(request, response);
    try {
      serve(door, exchange);
      door.answered(exchange);
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e); // the client has gone, or shall see that this is not the end
    } catch (RuntimeException e) {
      // Outermost: whatever it is, the next request is served. The client hears no details.
      LOG.log(ERROR, "a request at a node's port failed", e);
      callback.failed(e);
    }
    return true;
  }

  private static void serve(NodeDoor door, Exchange exchange) throws IOException {
    try {
      door.open(exchange);
    } catch (ClusterAwayException e) {
      LOG.log(WARNING, "a caller cannot be looked up: {0}", e.getMessage());
      exchange.answer(503, "Service Unavailable\n");
    } catch (ProblemException e) {
      exchange.answer(e.kind().status(), e.getMessage() + "\n");
    } catch (BackendUnavailableException e) {
      exchange.answer(503, "the backend does not answer: " + e.getMessage() + "\n");
    } catch (BatchException e) {
      exchange.answer(502, "the backend refuses this: " + e.getMessage() + "\n");
    }
  }
}
