package ee.interlink.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.AccountName;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A submission that may have come through is not made once more by what is below us. */
class SlurmrestdOnceTest {
  private static final String CLAIMS = "{\"sun\":\"alice\"}";

  @Test
  void a_request_whose_answer_is_lost_is_sent_once(@TempDir Path tokens) throws Exception {
    Files.writeString(
        tokens.resolve("alice"),
        "e30."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(CLAIMS.getBytes(UTF_8))
            + ".x");
    AtomicInteger requests = new AtomicInteger();
    CompletableFuture<Void> serving;
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      serving = CompletableFuture.runAsync(() -> takeAndHangUp(server, requests));
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      RestSettings settings = new RestSettings(address, tokens, Optional.empty(), Optional.empty());
      try (Slurmrestd rest =
          RestDoor.enter(settings, new AccountName("alice"), Duration.ofSeconds(20))) {
        assertThatThrownBy(() -> rest.submit("v0.0.42", "{\"job\": {}}"))
            .isInstanceOf(ProcessingException.class);
      }
    }
    serving.join();
    assertThat(requests).hasValue(1);
  }

  private static void takeAndHangUp(ServerSocket server, AtomicInteger requests) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept();
          InputStream in = connection.getInputStream()) {
        byte[] request = new byte[65_536];
        int read = in.read(request);
        if (read > 0) {
          requests.incrementAndGet();
        }
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }
}
