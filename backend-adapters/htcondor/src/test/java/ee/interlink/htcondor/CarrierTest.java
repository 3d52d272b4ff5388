package ee.interlink.htcondor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.runner.ContainerRuntime;
import ee.interlink.runner.JobFile;
import ee.interlink.runner.JobFiles;
import ee.interlink.runner.RunnerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that goes with a spooled job, with a condor_chirp that keeps attributes as files. */
class CarrierTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CHIRP =
      """
      #!/bin/bash
      case $1 in
        set_job_attr) printf '%s' "$3" >"$ATTRIBUTES/$2.part" && mv "$ATTRIBUTES/$2.part" "$ATTRIBUTES/$2" ;;
        get_job_attr) [[ -e $ATTRIBUTES/$2 ]] && cat "$ATTRIBUTES/$2" || echo UNDEFINED ;;
        fetch) cp "$ATTRIBUTES/$2" "$3" ;;
      esac
      """;
  @TempDir Path folder;
  private Path scratch;
  private Path attributes;

  @BeforeEach
  void prepare() throws IOException {
    scratch = Files.createDirectories(folder.resolve("scratch"));
    attributes = Files.createDirectories(folder.resolve("attributes"));
    Path chirp = Files.createDirectories(folder.resolve("bin")).resolve("condor_chirp");
    Files.writeString(chirp, CHIRP);
    assertThat(chirp.toFile().setExecutable(true)).isTrue();
  }

  private Process start(JobRequest request) throws Exception {
    List<JobFile> files =
        JobFiles.data(request, new ContainerRuntime.Processes(), RunnerSettings.USUAL);
    write(Spooled.luggage(files).get(0), scratch.resolve("job.tar"));
    Path carrier = folder.resolve("carrier.sh");
    write(Spooled.carrier("carrier.sh"), carrier);
    ProcessBuilder builder =
        new ProcessBuilder("bash", carrier.toString(), request.pod().value(), "7.0")
            .directory(scratch.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                folder.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin",
                "ATTRIBUTES",
                attributes.toString()));
    return builder.start();
  }

  private static void write(JobFile file, Path place) throws IOException {
    Files.write(place, ((JobFile.Content) file).content());
  }

  private static JobRequest pod(String script) {
    return Pods.pod(Pods.freshUid(), Pods.container("main", "", script));
  }

  private static JobRequest restarted(String script) {
    return Pods.pod(
        RestartPolicy.ALWAYS, List.of(), List.of(Pods.container("main", "", script)), List.of());
  }

  private String news() {
    try {
      return Files.readString(attributes.resolve("InterlinkNews"), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** What condor_prio of 23.9 has the schedd write, the second time too. */
  private void cancelled(int seconds) throws IOException {
    Files.writeString(
        attributes.resolve("events.log"),
        """
        001 (7.000.000) 2026-11-28 23:46:35 Job executing on host: <127.0.0.1:9618>
        ...
        033 (7.000.000) 2026-11-28 23:51:14 Changing job attribute JobPrio from 0 to -1000600000
        ...
        033 (7.000.000) 2026-11-28 23:51:14 Changing job attribute JobPrio from -1000600000 to -10000%05d
        ...
        """
            .formatted(1000 * seconds));
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  @Test
  void the_runners_news_are_the_jobs_attribute_and_what_is_left_is_one_file() throws Exception {
    Process carrier = start(pod("echo said; exit 3"));
    assertThat(end(carrier)).isEqualTo(3);
    assertThat(news())
        .matches("\"started,main,0,0,[0-9]+;exited,main,0,3,[0-9]+;ended,,0,0,[0-9]+\"");
    try (var left = Files.list(scratch)) {
      assertThat(left.map(file -> file.getFileName().toString()).sorted())
          .containsExactly("live", "out.tar", "runner.log");
    }
    Process list =
        new ProcessBuilder(
                "tar", "-x", "-O", "-f", scratch.resolve("out.tar").toString(), "logs/main.log")
            .start();
    assertThat(new String(list.getInputStream().readAllBytes(), UTF_8)).isEqualTo("said\n");
  }

  @Test
  void why_a_container_could_not_be_started_stands_with_the_news_in_what_an_attribute_can_hold()
      throws Exception {
    JobRequest request = pod("true");
    JobRequest lost =
        Pods.pod(
            request.pod(),
            new ContainerSpec(
                request.containers().get(0).name(),
                "",
                List.of("true"),
                List.of(),
                List.of(),
                Optional.of("/no/\"such\\;place|\u00e9"),
                List.of()));
    end(start(lost));
    assertThat(news())
        .contains("unstarted,main,0,128,")
        .contains("|cannot enter the working directory /no/ such  place   ");
  }

  /** A trap that runs while bash reads with a limit can be cut off half-way. */
  @ParameterizedTest
  @ValueSource(ints = {0, 100, 200, 300, 400, 500, 600, 700})
  void told_to_end_at_any_moment_it_ends_its_pod(int millis) throws Exception {
    Process carrier = start(pod("echo begun; exec sleep 600"));
    await().atMost(PATIENCE).until(() -> news().contains("started"));
    await()
        .pollDelay(Duration.ofMillis(millis))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> true);
    carrier.destroy();
    assertThat(end(carrier)).isEqualTo(143);
    assertThat(news()).contains("exited,main,0,143,").contains("ended,,0,1,");
  }

  @Test
  void a_cancels_own_grace_period_is_read_from_the_jobs_event_log() throws Exception {
    Process carrier = start(pod("trap '' TERM; echo begun; while :; do sleep 0.1; done"));
    await().atMost(PATIENCE).until(() -> Files.exists(scratch.resolve("live/main.log")));
    await()
        .atMost(PATIENCE)
        .until(() -> Files.readString(scratch.resolve("live/main.log")).contains("begun"));
    cancelled(0);
    carrier.destroy();
    assertThat(end(carrier)).isEqualTo(137);
  }

  @Test
  void a_job_that_is_started_again_after_its_shadows_death_runs_nothing() throws Exception {
    Files.writeString(attributes.resolve("NumShadowStarts"), "2");
    assertThat(end(start(pod("true")))).isEqualTo(75);
    assertThat(news()).isEmpty();
    assertThat(scratch.resolve("live/main.log")).exists();
  }

  @Test
  void an_evicted_job_goes_on_elsewhere_with_a_restart_and_the_log_of_its_last_run()
      throws Exception {
    JobRequest request = restarted("echo ran; exec sleep 600");
    Process first = start(request);
    await().atMost(PATIENCE).until(() -> live("main.log").equals("ran\n"));
    first.destroy();
    assertThat(end(first)).isEqualTo(143);
    assertThat(news()).contains("exited,main,0,143,").doesNotContain("ended,");

    Files.writeString(attributes.resolve("NumShadowStarts"), "2");
    Process second = start(request);
    await().atMost(PATIENCE).until(() -> live("main.previous.log").equals("ran\n"));
    await().atMost(PATIENCE).until(() -> news().contains("started,main,1,0,"));
    assertThat(news()).contains("exited,main,0,143,");
    cancelled(5);
    second.destroy();
    end(second);
    assertThat(news()).contains("exited,main,1,143,").contains("ended,,1,1,");
  }

  @Test
  void of_a_job_whose_machine_was_lost_the_news_tell_which_run_it_was() throws Exception {
    Files.writeString(attributes.resolve("NumShadowStarts"), "4");
    Files.writeString(
        attributes.resolve("InterlinkNews"),
        "\"started,main,4,0,1700000000000;exited,main,3,9,1600000000000\"");
    Process carrier = start(restarted("exec sleep 600"));
    await().atMost(PATIENCE).until(() -> news().contains("started,main,5,0,"));
    assertThat(news()).contains("exited,main,4,137,").contains("exited,main,3,9,1600000000000");
    cancelled(5);
    carrier.destroy();
    end(carrier);
  }

  @Test
  void a_pod_that_has_ended_is_not_run_again() throws Exception {
    Files.writeString(attributes.resolve("NumShadowStarts"), "2");
    Files.writeString(
        attributes.resolve("InterlinkNews"),
        "\"started,main,0,0,1;exited,main,0,0,2;ended,,0,0,3\"");
    assertThat(end(start(restarted("true")))).isEqualTo(75);
  }

  private String live(String name) {
    try {
      return Files.readString(scratch.resolve("live").resolve(name));
    } catch (IOException e) {
      return "";
    }
  }
}
