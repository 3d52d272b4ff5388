package ee.interlink.kubernetes.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.Cluster;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, to a server that knows one node. */
class NodeApiTest {
  private static final NodeName HERE = new NodeName("here");
  private static final LabelPatch PATCH =
      new LabelPatch(Map.of("slurm.interlink.ee/a", "1"), Set.of("slurm.interlink.ee/b"));
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final NodeApi api = new NodeApi();
  private HttpServer server;
  private KubernetesClient client;

  @BeforeEach
  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                    .withMasterUrl(url)
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    api.cluster =
        new Cluster() {
          @Override
          public synchronized KubernetesClient client() {
            return client;
          }
        };
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean here = exchange.getRequestURI().getPath().equals("/api/v1/nodes/here");
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (exchange.getRequestMethod().equals("PATCH")) {
      requests.add(exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
    }
    String kind = here ? "Node" : "Status";
    byte[] answer =
        ("{\"apiVersion\":\"v1\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"here\"}}")
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(here ? 200 : 404, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void labels_are_merged_into_those_that_are_there() {
    api.writeLabels(HERE, PATCH);
    assertThat(requests)
        .containsExactly(
            "application/merge-patch+json "
                + "{\"metadata\":{\"labels\":"
                + "{\"slurm.interlink.ee/a\":\"1\",\"slurm.interlink.ee/b\":null}}}");
  }

  @Test
  void labels_make_no_node_where_there_is_none() {
    assertThatThrownBy(() -> api.writeLabels(new NodeName("gone"), PATCH))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(404));
  }
}
