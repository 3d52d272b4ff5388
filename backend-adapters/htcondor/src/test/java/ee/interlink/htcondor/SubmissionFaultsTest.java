package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Submit;
import ee.interlink.batch.SubmitOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real schedd does not do on demand: HTCondor's commands as small scripts. */
class SubmissionFaultsTest {
  private static final AccountName ALICE = new AccountName("alice");
  private static final String NO_ANSWER =
      "echo 'ERROR: Failed to commit job submission into the queue.' >&2; exit 1";
  @TempDir Path folder;
  private DriverConnection connection;

  private final List<JobRequest> pods = List.of(pod(), pod(), pod());

  @BeforeEach
  void connect() throws Exception {
    Files.createDirectories(folder.resolve("tokens/alice"));
    Files.writeString(folder.resolve("tokens/alice/pool"), "");
    for (String silent : List.of("condor_q", "condor_history", "condor_rm")) {
      fake(silent, "");
    }
    mapsTo("alice@pool");
    connection = new HtcondorDriver().connect(settings(), ALICE);
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private BackendSettings settings() {
    Map<String, String> values =
        Map.of(
            "commands", folder.resolve("bin").toString(),
            "runtime", "none",
            "schedd", "ap.example.org",
            "token-directory", folder.resolve("tokens").toString(),
            "directory", folder.resolve("jobs").toString());
    return new BackendSettings(new BackendName("remote"), "htcondor", values);
  }

  private void fake(String command, String script) throws IOException {
    Path file = folder.resolve("bin/" + command);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "#!/bin/bash\necho " + command + " >>" + folder.resolve("asked") + "\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void mapsTo(String user) throws IOException {
    fake("condor_ping", "echo 'Remote Mapping:              " + user + "'");
  }

  private long asked(String command) throws IOException {
    return Files.readAllLines(folder.resolve("asked")).stream().filter(command::equals).count();
  }

  private static JobRequest pod() {
    return Pods.pod(Pods.freshUid(), Pods.container("main", "", "true"));
  }

  private static void assertAll(
      List<SubmitOutcome> outcomes, Class<? extends BatchException> failed) {
    assertThat(outcomes)
        .hasSize(3)
        .allSatisfy(outcome -> assertThatThrownBy(() -> Submit.job(outcome)).isInstanceOf(failed));
  }

  @Test
  void after_a_submission_that_may_have_come_through_nothing_is_submitted_again_unasked()
      throws Exception {
    fake("condor_submit", NO_ANSWER);
    assertAll(connection.submit(pods), BackendUnavailableException.class);
    assertThat(asked("condor_submit")).isEqualTo(1);
  }

  @Test
  void a_schedd_that_is_away_is_not_asked_once_for_each_pod() throws Exception {
    fake("condor_submit", "echo 'ERROR: Failed to connect to queue manager ap' >&2; exit 1");
    assertAll(connection.submit(pods), BackendUnavailableException.class);
    assertThat(asked("condor_submit")).isEqualTo(1);
  }

  @Test
  void what_the_site_refuses_is_tried_one_by_one_so_that_it_stops_no_other() throws Exception {
    fake("condor_submit", NO_ANSWER.replace(".'", ".\nERROR: 8 CPUs are the most'"));
    assertAll(connection.submit(pods), JobRejectedException.class);
    assertThat(asked("condor_submit")).isEqualTo(4);
  }

  @Test
  void a_token_of_somebody_else_submits_nothing() throws Exception {
    mapsTo("bob@pool");
    fake("condor_submit", "echo '1.0 - 1.2'");
    assertAll(connection.submit(pods), NotAuthorisedException.class);
    assertThat(asked("condor_submit")).isZero();
    mapsTo("alice@pool");
    assertThat(connection.submit(pods))
        .element(2)
        .isEqualTo(new SubmitOutcome.Submitted(new JobId("1.2")));
  }

  @Test
  void an_account_without_a_token_of_its_own_is_not_let_in() {
    assertThatThrownBy(() -> new HtcondorDriver().connect(settings(), new AccountName("bob")))
        .isInstanceOf(NotAuthorisedException.class)
        .hasMessageContaining("no token of bob");
  }

  @Test
  void nothing_of_a_pod_stays_on_this_host_once_htcondor_has_it() throws Exception {
    fake("condor_submit", "echo '1.0 - 1.2'");
    connection.submit(pods);
    try (var files = Files.walk(folder.resolve("jobs"))) {
      assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("job.tar");
    }
  }
}
