package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Submit;
import ee.interlink.site.jobs.SiteFaultsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A remote schedd that knows us by nothing but a SciToken (HTCondor manual, "SciTokens"). */
@Tag("testbed")
class SciTokenTestbedIT extends SiteFaultsFixture {
  private static final int HOUR = 3600;
  private static final int OVER = -60;

  @TempDir Path place;

  @Override
  protected BatchDriver driver() {
    return new HtcondorDriver();
  }

  @Override
  protected BackendSettings backend(String... more) throws Exception {
    if (!Files.exists(token())) {
      bring("alice", HOUR);
    }
    return testbed.settingsOfRemoteSchedd(
        driver(),
        Files.createDirectories(place.resolve("jobs")),
        "runtime",
        "none",
        "token-directory",
        place.resolve("tokens").toString());
  }

  private Path token() {
    return place.resolve("tokens/alice/bearer_token");
  }

  /** The issuer's, of this account, put where alice's is read; by nobody else, or it is refused. */
  private void bring(String account, int seconds) throws IOException, InterruptedException {
    Files.createDirectories(token().getParent());
    Files.deleteIfExists(token());
    Files.createFile(
        token(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token(), testbed.asRoot("tb-issuer", "token", account, "" + seconds));
  }

  private static JobRequest pod() {
    return Pods.pod(Pods.freshUid(), Pods.container("main", "", "echo ran"));
  }

  private void assertRuns(DriverConnection with, JobRequest request) throws Exception {
    JobRef job = submitted(request, Submit.one(with, request));
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(log(job)).isEqualTo("ran\n");
  }

  @Test
  void a_pod_goes_its_whole_way_by_a_scitoken_alone() throws Exception {
    try (Stream<Path> tokens = Files.list(token().getParent())) {
      assertThat(tokens).containsExactly(token());
    }
    assertRuns(connection, pod());
  }

  @Test
  void a_scitoken_that_has_expired_submits_nothing_and_a_new_one_is_used_at_once()
      throws Exception {
    JobRequest request = pod();
    bring("alice", OVER);
    assertThatThrownBy(() -> Submit.one(connection, request))
        .isInstanceOf(NotAuthorisedException.class);
    bring("alice", HOUR);
    assertRuns(connection, request);
  }

  @Test
  void a_scitoken_of_another_account_submits_nothing() throws Exception {
    bring("bob", HOUR);
    assertThatThrownBy(() -> Submit.one(connection, pod()))
        .isInstanceOf(NotAuthorisedException.class)
        .hasMessageContaining("takes this token for bob");
    bring("alice", HOUR);
  }
}
