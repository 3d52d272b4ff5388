package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.pod;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.RestartPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTimesTest {
  private static final String SPEAKS = "while :; do echo 0123456789; sleep 0.3; done";

  @TempDir Path backend;

  @Test
  void each_container_has_its_own() throws Exception {
    RunnerBench bench = bench(container("one", "", SPEAKS), container("two", "", "exec sleep 600"));
    Process runner = bench.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> sizes(bench, "one").size() >= 3);
    end(runner);
    assertThat(sizes(bench, "one")).isSorted().doesNotHaveDuplicates();
    assertThat(sizes(bench, "one")).last().isEqualTo((long) bench.log("one").length());
    assertThat(bench.path("logs/two.times")).doesNotExist();
  }

  @Test
  void who_speaks_once_is_written_down_once() throws Exception {
    RunnerBench bench =
        bench(container("one", "", "echo once; exec sleep 600"), container("two", "", SPEAKS));
    Process runner = bench.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> sizes(bench, "two").size() >= 3);
    assertThat(sizes(bench, "one")).containsExactly(5L);
    end(runner);
    assertThat(sizes(bench, "one")).as("after the end").containsExactly(5L);
  }

  @Test
  void of_many_lines_every_second_one_goes_and_the_last_stays() throws Exception {
    RunnerBench bench = bench(container("main", "", SPEAKS));
    Path script = bench.path("pod-runner.sh");
    String constant = Files.readString(script);
    assertThat(constant).contains("\nmost_times=2200\n");
    Files.writeString(script, constant.replace("\nmost_times=2200\n", "\nmost_times=3\n"));
    Process runner = bench.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> sizes(bench, "main").size() == 3);
    List<Long> before = sizes(bench, "main");
    await().atMost(Duration.ofSeconds(20)).until(() -> sizes(bench, "main").size() == 2);
    List<Long> after = sizes(bench, "main");
    end(runner);
    assertThat(after).startsWith(before.get(1)).isSorted();
    assertThat(after.get(1)).isGreaterThan(before.get(2));
    assertThat(sizes(bench, "main")).last().isEqualTo((long) bench.log("main").length());
  }

  @Test
  void the_output_of_all_runs_is_as_the_container_wrote_it() throws Exception {
    String script = "i=0; while [ $i -lt 200 ]; do printf '%05d\\n' $i; i=$((i + 1)); done; exit 1";
    RunnerBench bench =
        new RunnerBench(
            backend,
            pod(
                RestartPolicy.ON_FAILURE,
                List.of(),
                List.of(container("main", "", script)),
                List.of()));
    Process runner = bench.start();
    await().until(() -> bench.log("main", LogFile.Kind.PREVIOUS_OUTPUT).length() == 1200);
    end(runner);
    String whole =
        IntStream.range(0, 200).mapToObj("%05d\n"::formatted).collect(Collectors.joining());
    assertThat(bench.log("main", LogFile.Kind.PREVIOUS_OUTPUT)).isEqualTo(whole);
    assertThat(whole).as("of the run that was ended").startsWith(bench.log("main"));
    assertThat(bench.log("main", LogFile.Kind.PREVIOUS_TIMES)).endsWith(" 1200\n");
  }

  /** Its bytes keep their places, for nobody who reads it may lose his. */
  @Test
  void of_a_long_output_the_beginning_goes_and_what_stays_is_as_it_was_written() throws Exception {
    String script = "seq 100000000 | head -c 3000000; exec sleep 600";
    RunnerBench bench =
        new RunnerBench(
            backend,
            pod(RestartPolicy.NEVER, List.of(), List.of(container("main", "", script)), List.of()),
            new RunnerSettings(RestartBackoff.USUAL, 1));
    Process runner = bench.start();
    Path log = bench.path("logs/main.log");
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(JobDirectory.cut(log)));
    end(runner);
    int cut = Integer.parseInt(Files.readString(JobDirectory.cut(log)).strip());
    StringBuilder whole = new StringBuilder();
    for (int i = 1; whole.length() < 3_000_000; i++) {
      whole.append(i).append('\n');
    }
    whole.setLength(3_000_000);
    assertThat(3_000_000 - cut).isBetween((1 << 20) / 5 * 4 - 20, 1 << 20);
    assertThat(whole.charAt(cut - 1)).isEqualTo('\n');
    assertThat(Files.size(log)).isEqualTo(3_000_000);
    assertThat(Files.readString(log).substring(cut)).isEqualTo(whole.substring(cut));
    assertThat(Files.readString(log).charAt(0)).as("what is gone").isEqualTo('\0');
  }

  private RunnerBench bench(ContainerSpec... main) throws Exception {
    return new RunnerBench(backend, pod(RestartPolicy.NEVER, List.of(), List.of(main), List.of()));
  }

  private static void end(Process runner) throws InterruptedException {
    runner.destroy();
    assertThat(runner.waitFor(10, SECONDS)).as("the runner ends").isTrue();
  }

  private static List<Long> sizes(RunnerBench bench, String container) throws IOException {
    return bench
        .log(container, LogFile.Kind.TIMES)
        .lines()
        .map(line -> Long.valueOf(line.split(" ", -1)[1]))
        .toList();
  }
}
