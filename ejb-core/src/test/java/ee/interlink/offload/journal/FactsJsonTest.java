package ee.interlink.offload.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.status.ContainerFacts;
import ee.interlink.offload.status.PodFacts;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FactsJsonTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ContainerName MAIN = new ContainerName("main");
  private static final PodUid POD = new PodUid("0a-1b");

  @Test
  void facts_with_restarts_are_read_as_they_were_written() {
    PodFacts facts =
        PodFacts.NONE
            .with(new JobReport.ContainerStarted(POD, MAIN, 3, NOON), NOON)
            .with(new JobReport.ContainerEnded(POD, MAIN, 2, 5, NOON, "words", false), NOON)
            .with(new JobReport.RunnerEnded(POD, 3, NOON, true), NOON);
    assertThat(FactsJson.read(FactsJson.write(facts))).isEqualTo(facts);
  }

  @Test
  void rows_from_before_there_were_restarts_tell_of_the_first_run() {
    PodFacts old =
        FactsJson.read(
            """
            {"job":"RUNNING","words":"RUNNING","runnerEndedAt":9,"terminated":false,
             "containers":{"main":{"startedAt":1,"endedAt":2,"exitCode":3}}}
            """);
    assertThat(old.restarts()).isNull();
    assertThat(old.containers().get("main"))
        .isEqualTo(new ContainerFacts(0, 1L, 2L, 3, "", null, null, null));
    assertThat(old.with(new JobReport.ContainerStarted(POD, MAIN, 0, NOON), NOON)).isSameAs(old);
    PodFacts next = old.with(new JobReport.ContainerStarted(POD, MAIN, 1, NOON), NOON);
    assertThat(next.containers().get("main").previous().exitCode()).isEqualTo(3);
  }
}
