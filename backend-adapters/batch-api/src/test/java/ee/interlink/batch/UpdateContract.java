package ee.interlink.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a job sees of newer files in its volumes. */
abstract class UpdateContract extends ConnectionContract {
  private static final VolumeName CONF = new VolumeName("conf");
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /** Says each content once, by one look at where the files are, and what is mounted alone. */
  private static final String WATCH =
      "last=; while :; do d=/conf/$(readlink /conf/..data); a=$(cat $d/a); b=$(cat $d/b);"
          + " [ \"$a\" = \"$b\" ] || echo half: $a, $b;"
          + " [ \"$a\" = \"$last\" ] || echo saw $(cat /conf/a) alone $(cat /alone) in $(ls /conf);"
          + " last=$a; sleep 0.1; done";

  /** Whether a job that runs is reached by updates. */
  protected boolean updates() {
    return true;
  }

  @Test
  void a_running_job_sees_newer_files_all_at_once_and_what_is_mounted_alone_stays()
      throws Exception {
    if (!hasVolumesThatChange()) {
      assertNotReached();
      return;
    }
    JobRef job = submit(mounting(WATCH));
    awaitLog(job, "main", "saw 1 alone 1 in a b\n");
    for (int i = 2; i < 6; i++) {
      assertThat(update(job, i)).isEqualTo(UpdateOutcome.DONE);
      awaitLog(job, "main", "saw " + i + " alone 1 in a b\n");
    }
    assertThat(update(job, 5)).as("the same again").isEqualTo(UpdateOutcome.DONE);
    assertThat(update(job, 3)).as("an older one").isEqualTo(UpdateOutcome.DONE);
    assertThat(
            connection.update(
                List.of(new VolumeUpdate(job.pod(), BEGIN.plusSeconds(9), List.of(volume("new"))))))
        .containsExactly(UpdateOutcome.DONE);
    awaitLog(job, "main", "saw new alone 1 in a b\n");
    assertThat(log(job, "main")).doesNotContain("half").doesNotContain("No such file");
    cancelUntilEnded(job, Duration.ZERO);
    assertThat(update(job, 10)).as("after its end").isEqualTo(UpdateOutcome.NEVER);
  }

  @Test
  void a_container_that_starts_again_finds_the_newest_files_also_where_one_is_mounted_alone()
      throws Exception {
    if (!hasVolumesThatChange()) {
      assertNotReached();
      return;
    }
    String script =
        "echo have $(cat /conf/a) alone $(cat /alone);"
            + " until [ \"$(cat /conf/a)\" = 2 ]; do sleep 0.1; done;"
            + " [ \"$(cat /alone)\" = 2 ]";
    JobRequest once = mounting(script);
    JobRef job =
        submit(Pods.pod(RestartPolicy.ON_FAILURE, List.of(), once.containers(), once.volumes()));
    awaitLog(job, "main", "have 1 alone 1\n");
    assertThat(update(job, 2)).isEqualTo(UpdateOutcome.DONE);
    observer.awaitEnd(job);
    assertThat(observer.state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(log(job, "main")).isEqualTo("have 2 alone 2\n");
  }

  @Test
  void a_pod_without_a_job_is_not_updated() throws Exception {
    VolumeUpdate update = new VolumeUpdate(Pods.freshUid(), BEGIN, List.of(volume("of nobody")));
    assertThat(connection.update(List.of(update))).containsExactly(UpdateOutcome.NEVER);
  }

  /** Plain processes have no volumes, and some jobs nobody can reach. */
  private boolean hasVolumesThatChange() {
    return !image().isEmpty() && updates();
  }

  private void assertNotReached() throws Exception {
    JobRef job = submit(Pods.pod(Pods.freshUid(), container("main", "echo begun; exec sleep 600")));
    awaitLog(job, "main", "begun\n");
    assertThat(update(job, 2)).isEqualTo(UpdateOutcome.NEVER);
    cancelUntilEnded(job, Duration.ZERO);
  }

  private UpdateOutcome update(JobRef job, int content) throws BatchException {
    return connection
        .update(
            List.of(
                new VolumeUpdate(
                    job.pod(), BEGIN.plusSeconds(content), List.of(volume("" + content)))))
        .get(0);
  }

  private JobRequest mounting(String script) {
    return Pods.pod(
        RestartPolicy.NEVER,
        List.of(),
        List.of(
            Pods.withMounts(
                container("main", script),
                List.of(
                    new Mount(CONF, "/conf", "", false), new Mount(CONF, "/alone", "a", false)))),
        List.of(volume("1")));
  }

  private static Volume.Files volume(String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return new Volume.Files(
        CONF, List.of(new Volume.File("a", bytes, 0440), new Volume.File("b", bytes, 0644)), true);
  }
}
