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
import java.util.TreeMap;
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
            "commands",
            folder.resolve("bin").toString(),
            "runtime",
            "none",
            "schedd",
            "ap.example.org",
            "token-directory",
            folder.resolve("tokens").toString(),
            "directory",
            folder.resolve("jobs").toString(),
            "annotations",
            "requirements, priority, concurrency-limits");
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
  void what_pods_ask_for_by_annotations_stands_in_their_descriptions_beside_our_own_condition()
      throws Exception {
    Path seen = folder.resolve("seen");
    fake("condor_submit", "cat >>" + seen + "; echo '1.0 - 1.1'");
    connection.submit(
        List.of(
            asking("priority", "3", "requirements", "Memory > 3, \"a|b\" == x"),
            asking("priority", "4", "requirements", "Memory > 3, \"a|b\" == x")));
    assertThat(asked("condor_submit")).as("they share a cluster").isEqualTo(1);
    List<String> lines = Files.readAllLines(seen);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("requirements"))
        .containsExactly(
            "requirements = (MY.InterlinkRestarts || MY.NumJobStarts is undefined ||"
                + " MY.NumJobStarts == 0) && (Memory > 3, \"a|b\" == x)");
    assertThat(lines).anyMatch(line -> line.matches("priority = \\$\\(v[0-9]+\\)"));
    assertThat(lines).filteredOn(line -> line.matches("[0-9a-f-]{36},.*")).hasSize(2);
  }

  @Test
  void a_pod_that_may_not_have_what_it_asks_for_stops_no_other() throws Exception {
    fake("condor_submit", "echo '1.0 - 1.0'");
    List<SubmitOutcome> outcomes = connection.submit(List.of(asking("rank", "Memory"), pod()));
    assertThatThrownBy(() -> Submit.job(outcomes.get(0)))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageStartingWith("metadata.annotations[htcondor.interlink.ee/rank] is not allowed");
    assertThat(outcomes.get(1)).isEqualTo(new SubmitOutcome.Submitted(new JobId("1.0")));
  }

  private static JobRequest asking(String... words) {
    Map<String, String> annotations = new TreeMap<>();
    for (int i = 0; i < words.length; i += 2) {
      annotations.put("htcondor.interlink.ee/" + words[i], words[i + 1]);
    }
    return Pods.annotated(pod(), "physics", annotations);
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
