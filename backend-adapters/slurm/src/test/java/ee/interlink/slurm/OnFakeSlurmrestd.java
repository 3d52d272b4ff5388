package ee.interlink.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.PodUid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Slurm by a server that says what slurmrestd has said, asked as alice. */
abstract class OnFakeSlurmrestd {
  static final AccountName ALICE = new AccountName("alice");
  static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
  static final String V = "/slurm/v0.0.42/";
  static final String DB = "/slurmdb/v0.0.42/";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;
  FakeSlurmrestd server;
  SlurmService service;

  @BeforeEach
  void begin() throws Exception {
    server = new FakeSlurmrestd();
    renew("first");
    service = open(server);
  }

  @AfterEach
  void end() {
    service.close();
    server.close();
  }

  final SlurmService open(FakeSlurmrestd server, String... more) throws Exception {
    Map<String, String> values = new TreeMap<>();
    values.put("slurmrestd", server.address());
    values.put("token-directory", folder.toString());
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    SlurmSettings settings =
        SlurmSettings.read(new BackendSettings(new BackendName("rest"), "slurm", values));
    Slurmrestd door = RestDoor.enter(settings.rest().orElseThrow(), ALICE, LIMIT);
    return new SlurmService(door, settings, ALICE, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** Alice's token from now on. */
  final String renew(String signature) throws Exception {
    String token = token("alice", signature);
    Files.writeString(folder.resolve("alice"), token + "\n");
    return token;
  }

  static String token(String user, String signature) {
    return word("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
        + "."
        + word("{\"exp\":1999999999,\"sun\":\"" + user + "\"}")
        + "."
        + signature;
  }

  static String word(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** The jobs 1, 2, 3 and so on of the pods uid-1, uid-2, uid-3. */
  static List<JobRef> jobs(int number) {
    List<JobRef> jobs = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      jobs.add(ref(i));
    }
    return jobs;
  }

  static JobRef ref(int number) {
    return new JobRef(new PodUid("uid-" + number), new JobId("" + number));
  }
}
