package ee.interlink.runner;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ImageState;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SpoolEntryTest {
  private static final PodUid POD = new PodUid("0a-1b");
  private static final Optional<ContainerName> MAIN = Optional.of(new ContainerName("main-1"));

  @Property(tries = 200)
  void what_is_written_is_read(
      @ForAll SpoolEntry.Kind kind,
      @ForAll @IntRange(max = 999_999_999) int restarts,
      @ForAll @IntRange(max = 255) int number,
      @ForAll @LongRange(max = 99999999999999L) long millis) {
    SpoolEntry entry =
        new SpoolEntry(
            POD,
            kind,
            kind == SpoolEntry.Kind.ENDED || kind == SpoolEntry.Kind.OUT_OF_MEMORY
                ? Optional.empty()
                : MAIN,
            restarts,
            switch (kind) {
              case UNHEALTHY -> number % JobReport.Trouble.values().length;
              case IMAGE -> number % ImageState.values().length;
              default -> number;
            },
            Instant.ofEpochMilli(millis));
    assertThat(SpoolEntry.parse(entry.format())).contains(entry);
  }

  @Property(tries = 500)
  void any_other_name_is_nothing(@ForAll String name) {
    assertThat(SpoolEntry.parse(name)).isEmpty();
  }

  @Example
  void names_that_only_look_like_entries_are_nothing() {
    assertThat(SpoolEntry.parse("-x,started,main,0,0,1")).isEmpty();
    assertThat(SpoolEntry.parse("x,started,-main,0,0,1")).isEmpty();
    assertThat(SpoolEntry.parse("x,ended,main,0,0,1")).isEmpty();
    assertThat(SpoolEntry.parse("x,out_of_memory,main,0,0,1")).isEmpty();
    assertThat(SpoolEntry.parse("x,started,,0,0,1")).isEmpty();
    assertThat(SpoolEntry.parse("x,image,main,0,5,1")).isEmpty();
    assertThat(SpoolEntry.parse("x,slept,main,0,0,1")).isEmpty();
    assertThat(SpoolEntry.parse("x,exited,main,0,0,1 ")).isEmpty();
    assertThat(SpoolEntry.parse("x,exited,main,-1,0,1")).isEmpty();
    assertThat(SpoolEntry.parse("x,exited,main,1000000000,0,1")).isEmpty();
    assertThat(SpoolEntry.parse("")).isEmpty();
  }

  @Example
  void the_names_of_runner_1_are_nothing() {
    assertThat(SpoolEntry.parse("0a-1b,started,main,0,1700000000123")).isEmpty();
    assertThat(SpoolEntry.parse("0a-1b,ended,,1,1700000000123")).isEmpty();
  }

  @Example
  void the_names_of_the_script_are_read() {
    Instant at = Instant.ofEpochMilli(1700000000123L);
    ContainerName main = new ContainerName("main");
    assertThat(read("0a-1b,started,main,0,0,1700000000123"))
        .isEqualTo(new JobReport.ContainerStarted(POD, main, 0, at));
    assertThat(read("0a-1b,exited,main,12,137,1700000000123"))
        .isEqualTo(new JobReport.ContainerEnded(POD, main, 12, 137, at, "", false));
    assertThat(read("0a-1b,unstarted,main,0,128,1700000000123"))
        .isEqualTo(new JobReport.ContainerEnded(POD, main, 0, 128, at, "", true));
    assertThat(read("0a-1b,unstarted,main,0,143,1700000000123"))
        .as("its pod was told to end before it began")
        .isEqualTo(new JobReport.ContainerEnded(POD, main, 0, 143, at, "", false));
    assertThat(read("0a-1b,image,main,3,2,1700000000123"))
        .isEqualTo(new JobReport.ContainerImage(POD, main, 3, ImageState.BACKING_OFF, at, ""));
    assertThat(read("0a-1b,ended,,12,1,1700000000123"))
        .isEqualTo(new JobReport.RunnerEnded(POD, 12, at, true));
  }

  private static JobReport read(String name) {
    return SpoolEntry.parse(name).orElseThrow().report("");
  }
}
