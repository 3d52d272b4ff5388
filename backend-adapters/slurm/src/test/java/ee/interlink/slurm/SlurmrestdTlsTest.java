package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import ee.interlink.site.jobs.QueueMemory;
import ee.interlink.site.jobs.QueueWord;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Whom the service has to be vouched for by. */
class SlurmrestdTlsTest extends OnFakeSlurmrestd {
  private static final char[] PASSWORD = "password".toCharArray();

  @Test
  void a_service_is_believed_whose_certificate_is_configured() throws Exception {
    try (FakeSlurmrestd secure = secure("ip:127.0.0.1");
        SlurmService asked = open(secure, "slurmrestd-ca", folder.resolve("ca.pem").toString())) {
      assertThat(answer(secure, asked).outage()).isEmpty();
      assertThat(secure.asked()).isNotEmpty();
    }
  }

  @Test
  void one_that_nobody_vouches_for_is_not_told_the_token() throws Exception {
    try (FakeSlurmrestd secure = secure("ip:127.0.0.1");
        SlurmService asked = open(secure)) {
      assertThat(answer(secure, asked).outage())
          .hasValueSatisfying(words -> assertThat(words).contains("SSLHandshakeException"));
      assertThat(secure.asked()).isEmpty();
    }
  }

  @Test
  void nor_is_one_with_another_hosts_certificate() throws Exception {
    try (FakeSlurmrestd secure = secure("dns:elsewhere.example.org");
        SlurmService asked = open(secure, "slurmrestd-ca", folder.resolve("ca.pem").toString())) {
      assertThat(answer(secure, asked).outage()).isPresent();
      assertThat(secure.asked()).isEmpty();
    }
  }

  private static QueueWord answer(FakeSlurmrestd secure, SlurmService asked) throws Exception {
    secure.answer("GET " + V + "jobs/", 200, FakeSlurmrestd.recorded("pending-job"));
    return asked.queue(List.of(), QueueMemory.NONE);
  }

  /** With a certificate of its own, which is written to ca.pem. */
  private FakeSlurmrestd secure(String name) throws Exception {
    Path store = folder.resolve("keys.p12");
    String password = new String(PASSWORD);
    keytool(
        store,
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=slurmrestd",
            "-ext",
            "SAN=" + name),
        password);
    keytool(
        store,
        List.of("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString()),
        password);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(FakeSlurmrestd.here(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new FakeSlurmrestd(server, "https", true);
  }

  private static void keytool(Path store, List<String> arguments, String password)
      throws Exception {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    ProcessBuilder command = new ProcessBuilder(tool.toString());
    command.command().addAll(arguments);
    command
        .command()
        .addAll(
            List.of(
                "-alias",
                "it",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                password));
    assertThat(command.inheritIO().start().waitFor()).isZero();
  }
}
