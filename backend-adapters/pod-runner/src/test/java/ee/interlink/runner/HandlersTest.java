package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.pod;
import static ee.interlink.batch.Pods.withCare;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import ee.interlink.batch.ContainerCare;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.Handler;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Probe;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What probes ask of servers, each of a container of its own in one pod. */
class HandlersTest {
  private static final String HERE = "127.0.0.1";

  private final AtomicReference<String> secret = new AtomicReference<>();
  private final HealthStatusManager health = new HealthStatusManager();
  private HttpServer http;
  private Server grpc;
  private int closed;

  @TempDir Path backend;

  @BeforeEach
  void serve() throws Exception {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/good", 200, "");
    answer("/bad", 503, "");
    answer("/led", 302, "/good");
    answer("/misled", 302, "/bad");
    answer("/elsewhere", 301, "http://192.0.2.1/");
    answer("/round", 302, "/round");
    http.start();
    grpc =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(health.getHealthService())
            .build()
            .start();
    health.setStatus("", ServingStatus.SERVING);
    health.setStatus("well", ServingStatus.SERVING);
    health.setStatus("ill", ServingStatus.NOT_SERVING);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
  }

  private void answer(String path, int status, String location) {
    http.createContext(
        path,
        exchange -> {
          secret.set(exchange.getRequestHeaders().getFirst("X-Secret"));
          if (!location.isEmpty()) {
            exchange.getResponseHeaders().add("Location", location);
          }
          byte[] body = "an answer".getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @AfterEach
  void end() {
    http.stop(0);
    grpc.shutdownNow();
  }

  @Test
  void each_kind_of_probe_knows_good_from_bad() throws Exception {
    Map<String, Handler> handlers = new TreeMap<>();
    handlers.put("http-good", get("/good"));
    handlers.put("http-bad", get("/bad"));
    handlers.put("http-led", get("/led"));
    handlers.put("http-misled", get("/misled"));
    handlers.put("http-elsewhere", get("/elsewhere"));
    handlers.put("http-round", get("/round"));
    handlers.put("http-closed", new Handler.HttpGet(false, HERE, closed, "/", List.of()));
    handlers.put("tcp-good", new Handler.TcpSocket(HERE, http.getAddress().getPort()));
    handlers.put("tcp-closed", new Handler.TcpSocket(HERE, closed));
    handlers.put("grpc-good", new Handler.Grpc(HERE, grpc.getPort(), ""));
    handlers.put("grpc-well", new Handler.Grpc(HERE, grpc.getPort(), "well"));
    handlers.put("grpc-ill", new Handler.Grpc(HERE, grpc.getPort(), "ill"));
    handlers.put("grpc-unknown", new Handler.Grpc(HERE, grpc.getPort(), "unknown"));
    handlers.put("grpc-none", new Handler.Grpc(HERE, http.getAddress().getPort(), ""));
    Map<String, String> said = said(handlers);
    assertThat(said)
        .containsEntry("http-good", "ready")
        .containsEntry("http-bad", "HTTP probe failed with statuscode: 503")
        .containsEntry("http-led", "ready")
        .containsEntry("http-misled", "HTTP probe failed with statuscode: 503")
        .containsEntry("http-elsewhere", "ready")
        .containsEntry("http-round", "stopped after 10 redirects")
        .containsEntry("http-closed", "cannot connect to " + HERE + ":" + closed)
        .containsEntry("tcp-good", "ready")
        .containsEntry("tcp-closed", "cannot connect to " + HERE + ":" + closed)
        .containsEntry("grpc-good", "ready")
        .containsEntry("grpc-well", "ready")
        .containsEntry("grpc-ill", "service unhealthy (responded with \"NOT_SERVING\")");
    assertThat(said.get("grpc-unknown")).startsWith("no answer to grpc.health.v1.Health/Check");
    assertThat(said.get("grpc-none")).startsWith("no answer to grpc.health.v1.Health/Check");
    assertThat(secret.get()).isEqualTo("a b");
  }

  private Handler get(String path) {
    int port = http.getAddress().getPort();
    return new Handler.HttpGet(
        false, HERE, port, path, List.of("Host: " + HERE + ":" + port, "X-Secret: a b"));
  }

  /** Of each container that it is ready, or why not. */
  private Map<String, String> said(Map<String, Handler> handlers) throws Exception {
    ContainerSpec[] containers =
        handlers.entrySet().stream()
            .map(entry -> asked(entry.getKey(), entry.getValue()))
            .toArray(ContainerSpec[]::new);
    RunnerBench bench = new RunnerBench(backend, pod(Pods.freshUid(), containers));
    Process runner = bench.start();
    try {
      await().atMost(30, SECONDS).until(() -> words(bench).size() == handlers.size());
      return words(bench);
    } finally {
      runner.destroy();
      assertThat(runner.waitFor(30, SECONDS)).isTrue();
    }
  }

  private static ContainerSpec asked(String name, Handler handler) {
    Probe probe = new Probe(Probe.Kind.READINESS, handler, 0, 60, 20, 1, 1, OptionalLong.empty());
    return withCare(
        container(name, "", "exec sleep 600"),
        new ContainerCare(
            List.of(probe), Optional.empty(), Optional.empty(), false, Optional.empty(), false));
  }

  private static Map<String, String> words(RunnerBench bench) throws Exception {
    return bench.events().stream()
        .filter(
            report ->
                report instanceof JobReport.ContainerReady
                    || report instanceof JobReport.ContainerUnhealthy)
        .collect(
            Collectors.toMap(
                report ->
                    report instanceof JobReport.ContainerReady ready
                        ? ready.container().value()
                        : ((JobReport.ContainerUnhealthy) report).container().value(),
                report ->
                    report instanceof JobReport.ContainerUnhealthy bad
                        ? bad.message().replace("Readiness probe failed: ", "")
                        : "ready"));
  }
}
