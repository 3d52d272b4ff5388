package ee.interlink.runner;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ImageState;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFilesTest {
  private static final PodUid POD = new PodUid("0a-1b");
  private static final ContainerName MAIN = new ContainerName("main");

  @Test
  void a_container_that_waits_for_its_third_run_has_the_facts_of_the_second() {
    assertThat(reports("main.started", "1 1000\n", "main.exited", "1 1000 3 2000\n"))
        .containsExactly(
            new JobReport.ContainerStarted(POD, MAIN, 1, Instant.ofEpochMilli(1000)),
            new JobReport.ContainerEnded(POD, MAIN, 1, 3, Instant.ofEpochMilli(2000), "", false));
  }

  @Test
  void what_was_never_started_has_an_end_and_its_reason() {
    assertThat(reports("main.exited", "0 - 143 2000\nnot started: told to end\n"))
        .containsExactly(
            new JobReport.ContainerEnded(
                POD, MAIN, 0, 143, Instant.ofEpochMilli(2000), "not started: told to end", false));
  }

  @Test
  void the_words_of_the_last_run_are_not_given_to_an_earlier_one() {
    StateFiles files = new StateFiles(POD, Map.of("main.exited", "4 1000 255 2000\nFATAL: late"));
    assertThat(message(files, 4)).isEqualTo("FATAL: late");
    assertThat(message(files, 3)).isEmpty();
  }

  @Test
  void what_a_container_last_waited_for_has_its_words_and_an_earlier_wait_has_none() {
    StateFiles files = new StateFiles(POD, Map.of("main.image", "0 1 2000\nno such image\n"));
    Instant at = Instant.ofEpochMilli(2000);
    assertThat(files.reports())
        .containsExactly(
            new JobReport.ContainerImage(
                POD, MAIN, 0, ImageState.PULL_FAILED, at, "no such image"));
    SpoolEntry earlier = SpoolEntry.parse("0a-1b,image,main,0,1,1000").orElseThrow();
    assertThat(((JobReport.ContainerImage) files.report(earlier)).message()).isEmpty();
  }

  @Test
  void files_of_runner_1_and_of_nobody_are_no_facts() {
    assertThat(reports("main.started", "1000\n", "main.exited", "3 2000\n", "ended", "3 2000 0\n"))
        .isEmpty();
    assertThat(reports("main.started", "x 1\n", "main.exited", "", "main.group", "17\n")).isEmpty();
    assertThat(reports("-.started", "0 1\n", "main.exited", "9999999999 1 0 2\n")).isEmpty();
  }

  private static Iterable<JobReport> reports(String... files) {
    Map<String, String> contents = new HashMap<>();
    for (int i = 0; i < files.length; i += 2) {
      contents.put(files[i], files[i + 1]);
    }
    return new StateFiles(POD, contents).reports();
  }

  private static String message(StateFiles files, int run) {
    SpoolEntry entry = SpoolEntry.parse("0a-1b,unstarted,main," + run + ",255,2000").orElseThrow();
    return ((JobReport.ContainerEnded) files.report(entry)).message();
  }
}
