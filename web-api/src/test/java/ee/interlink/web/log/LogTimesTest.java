package ee.interlink.web.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.LogFile.Kind;
import ee.interlink.batch.PodUid;
import ee.interlink.web.FakePods;
import ee.interlink.web.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
  private static final OptionalLong NONE = OptionalLong.empty();

  private final FakePods pods = new FakePods();
  private final PodUid uid = pods.add("a");
  private LogStream.Pause pause =
      time -> {
        throw new AssertionError("waits");
      };

  LogTimesTest() {
    pods.running(uid);
    pods.say("one\ntwo\nthree\n"); // 4, 8, 14 bytes
    wrote(Kind.TIMES, "2026-11-25T01:02:03.004Z", 4, "2026-11-25T01:02:05Z", 8);
  }

  private void wrote(Kind file, String t1, long size1, String t2, long size2) {
    pods.others.put(
        file,
        "%d %d\n%d %d\n"
            .formatted(
                Instant.parse(t1).toEpochMilli(), size1, Instant.parse(t2).toEpochMilli(), size2));
  }

  private String read(LogRequest request) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogStream.open(
            ContainerLog.of(pods, uid, "main"), request, pause, Clock.fixed(NOW, ZoneOffset.UTC))
        .write(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static LogRequest timed(OptionalLong tail, OptionalLong limit) {
    return new LogRequest(false, false, true, Optional.empty(), tail, limit);
  }

  private static LogRequest since(String time, OptionalLong tail) {
    return new LogRequest(false, false, false, Optional.of(Instant.parse(time)), tail, NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, Integer.MAX_VALUE})
  void each_line_has_its_time(int largestPiece) throws Exception {
    pods.largestPiece = largestPiece;
    assertThat(read(timed(NONE, NONE)))
        .isEqualTo(
            """
            2026-11-25T01:02:03.004000000Z one
            2026-11-25T01:02:05.000000000Z two
            2026-11-25T02:00:00.000000000Z three
            """);
  }

  @Test
  void a_file_that_is_thinned_out_meanwhile_gives_no_time_of_long_ago() throws Exception {
    TimesFile times = new TimesFile(ContainerLog.of(pods, uid, "main"));
    assertThat(times.next().orElseThrow().size()).isEqualTo(4);
    assertThat(times.next().orElseThrow().size()).isEqualTo(8);
    assertThat(times.next()).isEmpty();
    long at = NOW.toEpochMilli();
    pods.others.put(Kind.TIMES, at + " 123456\n" + (at + 1) + " 200000\n" + (at + 2) + " 300000\n");
    assertThat(times.next()).contains(new TimesFile.Entry(NOW.plusMillis(2), 300_000));
  }

  @Test
  void a_tail_has_its_own_times() throws Exception {
    assertThat(read(timed(OptionalLong.of(2), NONE)))
        .startsWith("2026-11-25T01:02:05.000000000Z two\n");
  }

  @Test
  void a_limit_counts_the_times_too() throws Exception {
    assertThat(read(timed(NONE, OptionalLong.of(40))))
        .isEqualTo("2026-11-25T01:02:03.004000000Z one\n2026-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-25T01:00:00Z     | one,two,three,",
        "2026-11-25T01:02:03.004Z | one,two,three,",
        "2026-11-25T01:02:04Z     | two,three,",
        "2026-11-25T01:02:06Z     | three,",
        "2026-11-25T02:00:01Z     | ''",
      })
  void since_begins_with_the_first_line_of_that_time(String time, String lines) throws Exception {
    assertThat(read(since(time, NONE))).isEqualTo(lines.replace(',', '\n'));
  }

  @Test
  void since_does_not_begin_within_a_line() throws Exception {
    wrote(Kind.TIMES, "2026-11-25T01:02:03Z", 6, "2026-11-25T01:02:05Z", 14);
    assertThat(read(since("2026-11-25T01:02:04Z", NONE))).isEqualTo("three\n");
  }

  @ParameterizedTest
  @CsvSource({"1,three", "2,two", "3,two"})
  void a_tail_and_since_go_together(long tail, String first) throws Exception {
    assertThat(read(since("2026-11-25T01:02:04Z", OptionalLong.of(tail)))).startsWith(first);
  }

  @Test
  void what_has_no_times_is_all_of_now() throws Exception {
    pods.others.clear();
    assertThat(read(timed(NONE, NONE))).startsWith("2026-11-25T02:00:00.000000000Z one\n");
    assertThat(read(since("2026-11-25T01:02:04Z", NONE))).startsWith("one\n");
  }

  @Test
  void a_broken_line_of_the_times_is_passed_over() throws Exception {
    pods.others.merge(Kind.TIMES, "garbage\n7\n x y\n", (times, more) -> more + times);
    assertThat(read(timed(NONE, NONE))).startsWith("2026-11-25T01:02:03.004000000Z one\n");
  }

  @Test
  void the_run_before_has_a_log_of_its_own() throws Exception {
    pods.startedAgain(uid, 1);
    pods.others.put(Kind.PREVIOUS_OUTPUT, "old\n");
    wrote(Kind.PREVIOUS_TIMES, "2026-11-25T00:00:00Z", 4, "2026-11-25T00:00:01Z", 4);
    assertThat(read(new LogRequest(false, true, true, Optional.empty(), NONE, NONE)))
        .isEqualTo("2026-11-25T00:00:00.000000000Z old\n");
  }

  @Test
  void a_run_before_that_was_not_is_said_as_kubelet_says_it() {
    assertThatThrownBy(() -> read(new LogRequest(false, true, false, Optional.empty(), NONE, NONE)))
        .isInstanceOf(ProblemException.class)
        .hasMessage("previous terminated container \"main\" in pod \"a\" not found");
  }

  @Test
  void a_follower_stays_with_its_run_and_ends_with_it() throws Exception {
    pause =
        time -> {
          pods.others.put(Kind.PREVIOUS_OUTPUT, "one\ntwo\nthree\nlast words\n");
          pods.log =
              "the next run says very much more than the first\n".getBytes(StandardCharsets.UTF_8);
          pods.startedAgain(uid, 1);
        };
    assertThat(read(new LogRequest(true, NONE, NONE))).isEqualTo("one\ntwo\nthree\nlast words\n");
  }

  @Test
  void a_follower_whose_run_is_no_longer_kept_ends() throws Exception {
    pause = time -> pods.startedAgain(uid, 2);
    assertThat(read(new LogRequest(true, NONE, NONE))).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void an_outage_of_the_times_loses_no_line() throws Exception {
    boolean[] waited = {false};
    pause =
        time -> {
          if (!waited[0]) {
            waited[0] = true;
            pods.say("four\n");
            pods.outages = 2;
            pods.ended(uid);
          }
        };
    assertThat(read(new LogRequest(true, false, true, Optional.empty(), NONE, NONE)))
        .endsWith("Z three\n2026-11-25T02:00:00.000000000Z four\n");
  }

  @ParameterizedTest
  @CsvSource({"0", "-3"})
  void seconds_that_are_none_are_refused(long seconds) {
    assertThatThrownBy(() -> LogRequest.since(OptionalLong.of(seconds), Optional.empty(), NOW))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void seconds_and_a_time_are_refused() {
    assertThatThrownBy(() -> LogRequest.since(OptionalLong.of(1), Optional.of(NOW), NOW))
        .isInstanceOf(ProblemException.class);
    assertThat(LogRequest.since(OptionalLong.of(Long.MAX_VALUE), Optional.empty(), NOW))
        .contains(Instant.EPOCH);
  }
}
