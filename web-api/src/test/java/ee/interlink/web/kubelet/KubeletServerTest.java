package ee.interlink.web.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.KubeletPort;
import ee.interlink.configuration.Node;
import ee.interlink.configuration.NodeName;
import ee.interlink.web.FakePods;
import ee.interlink.web.kubelet.access.ClientAuthorities;
import ee.interlink.web.kubelet.access.FakeReviews;
import ee.interlink.web.kubelet.certificate.CurrentIdentity;
import ee.interlink.web.kubelet.certificate.Identity;
import ee.interlink.web.kubelet.certificate.TestAuthority;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeletServerTest {
  private static final TestAuthority AUTHORITY = new TestAuthority("cluster");
  private static final Identity API_SERVER =
      AUTHORITY.client("CN=kube-apiserver-kubelet-client,O=system:masters");
  private static final Node NODE =
      new Node(
          new NodeName("hpc"),
          new BackendName("here"),
          Optional.empty(),
          Map.of(),
          List.of(),
          Map.of(),
          new KubeletPort("127.0.0.1", 10250, Optional.empty(), Optional.empty(), Optional.empty()),
          Optional.empty(),
          false);

  private final FakePods pods = new FakePods();
  private final PodUid uid = pods.add("a");
  private final FakeReviews reviews = new FakeReviews();
  private final Semaphore readers = new Semaphore(KubeletServer.READERS);
  private final KubeletServer server = new KubeletServer(Thread::new);
  private final CurrentIdentity identity = new CurrentIdentity(AUTHORITY.server("CN=hpc"));

  private final NodeView view =
      new NodeView() {
        @Override
        public Optional<PodUid> find(String namespace, String name) {
          return switch (namespace + "/" + name) {
            case "sci/a" -> Optional.of(uid);
            case "sci/new" -> Optional.of(new PodUid("new"));
            default -> Optional.empty();
          };
        }

        @Override
        public List<Pod> pods() {
          return pods.find(uid).stream().toList();
        }
      };

  @BeforeEach
  void start() throws IOException {
    server.listen("hpc", "127.0.0.1", 0, identity, door());
    server.start();
  }

  private NodeDoor door() {
    ClientAuthorities authorities = new ClientAuthorities("hpc", AUTHORITY::pem, Clock.systemUTC());
    authorities.refresh();
    return NodePort.door(NODE, view, pods, reviews, authorities, readers);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private static SSLContext tls(Identity shown) throws Exception {
    KeyManager[] keys = null;
    if (shown != null) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("c", shown.key(), new char[0], shown.chain().toArray(Certificate[]::new));
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, new char[0]);
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new javax.net.ssl.TrustManager[] {new AnyServer()}, null);
    return context;
  }

  private HttpResponse<String> send(Identity shown, String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port("hpc") + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newBuilder()
        .sslContext(tls(shown))
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(API_SERVER, "GET", path);
  }

  @Test
  void nobody_else_gets_a_byte() throws Exception {
    Identity stranger = new TestAuthority("cluster").client("CN=x,O=system:masters");
    for (Identity shown : new Identity[] {null, stranger, AUTHORITY.server("CN=x")}) {
      HttpResponse<String> answer = send(shown, "GET", "/healthz");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("Unauthorized");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(answer.headers().firstValue("Server")).isEmpty();
    }
  }

  @Test
  void a_certificate_alone_gives_no_right() throws Exception {
    HttpResponse<String> answer =
        send(AUTHORITY.client("CN=bob"), "GET", "/containerLogs/sci/a/main");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo("Forbidden (user=bob, verb=get, resource=nodes, subresource=proxy)\n");
  }

  @Test
  void a_token_with_a_right_is_let_in_to_that_alone() throws Exception {
    reviews.tokens.put("t", "alice");
    reviews.rights.add("alice get metrics");
    HttpResponse<String> answer = send(null, "GET", "/metrics", "Authorization", "Bearer t");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(send(null, "GET", "/pods", "Authorization", "Bearer t").statusCode()).isEqualTo(403);
  }

  @Test
  void while_the_cluster_is_away_strangers_hear_nothing_of_it() throws Exception {
    reviews.away = true;
    HttpResponse<String> answer = send(null, "GET", "/healthz", "Authorization", "Bearer t");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("Service Unavailable\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/healthz,200",
    "HEAD,/healthz,405",
    "POST,/pods,405",
    "GET,/,404",
    "GET,/configz,404",
    "GET,/logs/,404",
    "GET,/containerLogs/sci/a,404",
    "GET,/containerLogs/sci/a/main/more,404",
    "GET,/containerLogs/sci/b/main,404",
    "GET,/containerLogs/sci/a/other,404",
    "GET,/containerLogs/sci/a/main?tailLines=-1,400",
    "POST,/containerLogs/sci/a/main,405",
    "POST,/exec/sci/a/main?command=ls,501",
    "GET,/attach/sci/a/main,501",
    "POST,/portForward/sci/a,501",
    "POST,/run/sci/a/main,501",
    "DELETE,/exec/sci/a/main,405",
  })
  void each_path_has_its_answer(String method, String path, int status) throws Exception {
    pods.running(uid);
    assertThat(send(API_SERVER, method, path).statusCode()).isEqualTo(status);
  }

  @Test
  void a_log_comes_with_what_was_asked_for() throws Exception {
    pods.running(uid);
    pods.say("one\ntwo\n");
    assertThat(get("/containerLogs/sci/a/main").body()).isEqualTo("one\ntwo\n");
    assertThat(get("/containerLogs/sci/a/main?tailLines=1&timestamps=true").body())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z two\n");
  }

  @Test
  void a_log_that_is_not_there_is_told_in_kubelets_words() throws Exception {
    String waiting = "container \"main\" in pod \"%s\" is waiting to start: ContainerCreating\n";
    assertThat(get("/containerLogs/sci/a/main").body()).isEqualTo(waiting.formatted("a"));
    assertThat(get("/containerLogs/sci/new/main").body()).isEqualTo(waiting.formatted("new"));
    pods.running(uid);
    HttpResponse<String> previous = get("/containerLogs/sci/a/main?previous=true");
    assertThat(previous.statusCode()).isEqualTo(400);
    assertThat(previous.body())
        .isEqualTo("previous terminated container \"main\" in pod \"a\" not found\n");
  }

  @Test
  void a_follower_is_served_until_the_container_ends() throws Exception {
    pods.running(uid);
    pods.say("one\n");
    try (SSLSocket socket = follow()) {
      readUntil(socket, "one\n");
      assertThat(readers.availablePermits()).isEqualTo(KubeletServer.READERS - 1);
      pods.say("two\n");
      pods.ended(uid);
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("two\n")
          .endsWith("0\r\n\r\n");
    }
  }

  @Test
  void a_silent_follower_that_goes_away_is_noticed() throws Exception {
    pods.running(uid);
    pods.say("one\n");
    try (SSLSocket socket = follow()) {
      readUntil(socket, "one\n");
    }
    await().until(() -> readers.availablePermits() == KubeletServer.READERS);
  }

  @Test
  void a_silent_follower_whose_connection_is_reset_is_noticed() throws Exception {
    pods.running(uid);
    pods.say("one\n");
    try (java.net.Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port("hpc"))) {
      plain.setSoLinger(true, 0);
      SSLSocket socket =
          (SSLSocket) tls(API_SERVER).getSocketFactory().createSocket(plain, "hpc", 1, false);
      ask(socket);
      readUntil(socket, "one\n");
    }
    await().until(() -> readers.availablePermits() == KubeletServer.READERS);
  }

  private SSLSocket follow() throws Exception {
    SSLSocket socket =
        (SSLSocket)
            tls(API_SERVER).getSocketFactory().createSocket("127.0.0.1", server.port("hpc"));
    ask(socket);
    return socket;
  }

  private static void ask(SSLSocket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET /containerLogs/sci/a/main?follow=true HTTP/1.1\r\nHost: hpc\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static void readUntil(SSLSocket socket, String expected) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(expected) < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).isNotNegative();
      read.append((char) next);
    }
  }

  @Test
  void the_nodes_pods_are_shown() throws Exception {
    PodList all = Serialization.unmarshal(get("/pods").body(), PodList.class);
    assertThat(all.getItems()).extracting(pod -> pod.getMetadata().getName()).containsExactly("a");
    assertThat(get("/runningpods/").body())
        .contains("\"kind\":\"PodList\"")
        .contains("\"items\":[]");
    pods.running(uid);
    pods.statuses.get(uid).setPhase("Running");
    assertThat(get("/runningpods/").body()).contains("\"a\"");
  }

  @Test
  void measures_are_those_that_are_known() throws Exception {
    pods.running(uid);
    pods.statuses.get(uid).setPhase("Running");
    pods.statuses
        .get(uid)
        .getContainerStatuses()
        .get(0)
        .getState()
        .getRunning()
        .setStartedAt("2026-11-25T01:00:00Z");
    get("/nowhere");
    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(metrics.body())
        .contains("interlink_node_pods{phase=\"Running\"} 1.0")
        .contains("interlink_kubelet_http_requests_total{code=\"404\",page=\"other\"} 1.0")
        .contains("interlink_kubelet_reviews_total{review=\"access\",source=\"asked\"} 2.0");
    assertThat(get("/metrics/resource").body())
        .contains("\nscrape_error 0")
        .contains("\nresource_scrape_error 0")
        .contains(
            "container_start_time_seconds{container=\"main\",namespace=\"sci\",pod=\"a\"} 1.");
    assertThat(get("/stats/summary").body())
        .contains("\"nodeName\":\"hpc\"")
        .contains("\"podRef\":{\"name\":\"a\",\"namespace\":\"sci\",\"uid\":\"a\"}")
        .contains("{\"name\":\"main\",\"startTime\":\"2026-11-25T01:00:00Z\"}");
  }

  @Test
  void a_port_that_is_taken_is_told() {
    KubeletServer second = new KubeletServer(Thread::new);
    assertThatThrownBy(() -> second.listen("b", "127.0.0.1", server.port("hpc"), identity, door()))
        .isInstanceOf(IOException.class);
    second.stop();
  }

  @Test
  void a_port_that_was_opened_is_free_again_though_the_start_never_came() throws IOException {
    KubeletServer first = new KubeletServer(Thread::new);
    first.listen("b", "127.0.0.1", 0, identity, door());
    int port = first.port("b");
    first.stop();
    KubeletServer second = new KubeletServer(Thread::new);
    second.listen("b", "127.0.0.1", port, identity, door());
    second.stop();
  }

  @Test
  void a_request_without_a_path_is_a_strangers_like_any_other() throws Exception {
    try (SSLSocket socket =
        (SSLSocket) tls(null).getSocketFactory().createSocket("127.0.0.1", server.port("hpc"))) {
      socket
          .getOutputStream()
          .write("OPTIONS * HTTP/1.1\r\nHost: hpc\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      readUntil(socket, "HTTP/1.1 401 ");
    }
  }

  @Test
  void http_is_spoken_at_version_1_1_over_tls_1_2_or_later() throws Exception {
    assertThat(get("/healthz").version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    SSLSocket socket =
        (SSLSocket) tls(null).getSocketFactory().createSocket("127.0.0.1", server.port("hpc"));
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    socket.startHandshake();
    assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
    socket.close();
  }
}
