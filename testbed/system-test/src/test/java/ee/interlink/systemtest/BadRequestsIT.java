package ee.interlink.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.systemtest.SharedServer.Site;
import ee.interlink.testbed.Reply;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is sent, the answer names the fault, and the server goes on. */
@Tag("testbed")
@Order(5)
@SideBySide
@ExtendWith(SharedServer.class)
class BadRequestsIT {
  private static final String YAML = "application/yaml";

  @AfterEach
  void the_server_goes_on(Site site) {
    assertThat(site.server().portal().backends().toString()).contains(Testbed.BACKEND);
  }

  @Test
  void malformed_yaml_is_named_with_its_place(Site site) {
    assertProblem(post(site, Testbed.BACKEND, "kind: Pod\nmetadata: {name: [a\n"), 400, "line");
  }

  @Test
  void a_pod_without_containers_is_refused_by_the_field(Site site) {
    ObjectNode pod = site.pods().exit(0);
    ((ObjectNode) pod.get("spec")).putArray("containers");
    assertProblem(post(site, Testbed.BACKEND, pod.toString()), 422, "spec.containers");
  }

  @Test
  void an_unknown_backend_is_named_with_those_there_are(Site site) {
    Reply reply = post(site, "nowhere", site.pods().exit(0).toString());
    assertProblem(reply, 422, "no backend of that name");
    assertThat(reply.text()).contains(Testbed.BACKEND);
  }

  @Test
  void a_body_of_10_megabytes_is_too_large(Site site) {
    byte[] body = new byte[10 << 20];
    Arrays.fill(body, (byte) 'a');
    assertProblem(site.server().portal().post(Testbed.BACKEND, YAML, body), 413, "bytes");
  }

  @Test
  void a_body_cut_off_half_way_is_a_problem(Site site) throws IOException {
    byte[] pod = site.pods().exit(0).toString().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /api/v1/pods?backend="
            + Testbed.BACKEND
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + pod.length
            + "\r\n\r\n";
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), site.server().address().getPort())) {
      socket.setSoTimeout(90_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(pod, 0, pod.length / 2);
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
      assertThat(answer).contains("nothing more came");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/create,{",
    "POST,/create,null",
    "POST,/create,[]",
    "POST,/create,{}",
    "DELETE,/delete,{",
    "DELETE,/delete,null",
    "DELETE,/delete,[]",
    "DELETE,/delete,{}",
    "GET,/status,{",
    "GET,/status,null",
    "GET,/status,7",
    "GET,/status,[{}]",
    "GET,/status,[null]",
    "GET,/getLogs,{",
    "GET,/getLogs,null",
    "GET,/getLogs,{}",
  })
  void a_malformed_body_of_the_interlink_api_ends_nothing(
      String method, String path, String body, Site site) {
    Reply reply = site.server().wire().send(method, path, body);
    assertThat(reply.status()).as(reply.toString()).isBetween(200, 599).isNotEqualTo(404);
    assertThat(site.server().wire().ping().status()).isEqualTo(200);
  }

  private static Reply post(Site site, String backend, String body) {
    return site.server().portal().post(backend, YAML, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertProblem(Reply reply, int status, String word) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.type()).startsWith("application/problem+json");
    assertThat(reply.json().get("status").asInt()).isEqualTo(status);
    assertThat(reply.text()).contains(word);
  }
}
