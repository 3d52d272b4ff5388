package ee.interlink.web.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.PodUid;
import ee.interlink.web.FakePods;
import ee.interlink.web.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogStreamTest {
  private static final LogRequest FOLLOW =
      new LogRequest(true, OptionalLong.empty(), OptionalLong.empty());

  private final FakePods pods = new FakePods();
  private final PodUid uid = pods.add("a");
  private final List<Duration> pauses = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String read(LogRequest request, LogStream.Pause pause)
      throws BatchException, IOException {
    LogStream.open(ContainerLog.of(pods, uid, null), request, pause).write(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private String read(LogRequest request) throws BatchException, IOException {
    return read(
        request,
        time -> {
          throw new AssertionError("waits");
        });
  }

  private static LogRequest tail(long lines) {
    return new LogRequest(false, OptionalLong.of(lines), OptionalLong.empty());
  }

  @Test
  void a_log_is_read_to_its_present_end_though_the_container_runs() throws Exception {
    pods.running(uid);
    pods.say("one\ntwo");
    assertThat(read(LogRequest.WHOLE)).isEqualTo("one\ntwo");
  }

  @Test
  void a_long_log_comes_in_pieces() throws Exception {
    pods.say("0123456789".repeat(100_000));
    assertThat(read(LogRequest.WHOLE)).hasSize(1_000_000);
    assertThat(pods.piecesRead).isEqualTo(1_000_000 / ContainerLog.PIECE + 2);
  }

  @Test
  void a_limit_ends_the_log_to_the_byte() throws Exception {
    pods.say("x".repeat(200_000));
    assertThat(
            read(
                new LogRequest(
                    false, OptionalLong.empty(), OptionalLong.of(ContainerLog.PIECE + 1))))
        .hasSize(ContainerLog.PIECE + 1);
  }

  @ParameterizedTest
  @CsvSource({"0,''", "1,c", "2,'b\nc'", "3,'a\nb\nc'", "9,'a\nb\nc'"})
  void a_tail_is_the_last_lines(long lines, String expected) throws Exception {
    pods.say("a\nb\nc");
    assertThat(read(tail(lines))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0,''", "1,'\n'", "2,'b\n\n'", "3,'a\nb\n\n'", "9,'a\nb\n\n'"})
  void a_newline_at_the_end_is_no_line_of_its_own(long lines, String expected) throws Exception {
    pods.say("a\nb\n\n");
    assertThat(read(tail(lines))).isEqualTo(expected);
  }

  @Test
  void the_tail_of_an_empty_log_is_empty() throws Exception {
    assertThat(read(tail(5))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 10_000})
  void a_tail_longer_than_a_piece_is_found(int largestPiece) throws Exception {
    pods.largestPiece = largestPiece;
    pods.say("first\n" + "x".repeat(3 * ContainerLog.PIECE) + "\nlast\n");
    assertThat(read(tail(2))).hasSize(3 * ContainerLog.PIECE + 6).startsWith("x");
  }

  @Test
  void a_follower_sees_what_was_written_last_before_the_end() throws Exception {
    pods.running(uid);
    pods.say("one\n");
    LogStream.Pause pause =
        time -> {
          pauses.add(time);
          if (pauses.size() == 3) {
            pods.say("two\n");
            pods.ended(uid);
          }
        };
    assertThat(read(FOLLOW, pause)).isEqualTo("one\ntwo\n");
    assertThat(pauses).hasSize(3);
  }

  @Test
  void a_follower_of_a_silent_container_asks_less_and_less_often() throws Exception {
    pods.running(uid);
    LogStream.Pause pause =
        time -> {
          pauses.add(time);
          if (pauses.size() == 5) {
            pods.ended(uid);
          }
        };
    read(FOLLOW, pause);
    assertThat(pauses)
        .isSorted()
        .startsWith(LogStream.SHORTEST_PAUSE)
        .endsWith(LogStream.LONGEST_PAUSE);
  }

  @Test
  void a_backend_is_not_asked_while_the_container_waits() throws Exception {
    LogStream.Pause pause =
        time -> {
          pauses.add(time);
          if (pauses.size() == 5) {
            assertThat(pods.piecesRead).isEqualTo(1);
            pods.ended(uid);
          }
        };
    pods.statuses.put(
        uid,
        new io.fabric8.kubernetes.api.model.PodStatusBuilder()
            .addNewContainerStatus()
            .withName("main")
            .withNewState()
            .withNewWaiting()
            .endWaiting()
            .endState()
            .endContainerStatus()
            .build());
    read(FOLLOW, pause);
    assertThat(pauses).hasSize(5);
  }

  @Test
  void an_outage_does_not_end_what_is_followed() throws Exception {
    pods.running(uid);
    pods.say("one\n");
    LogStream.Pause pause =
        time -> {
          pauses.add(time);
          if (pauses.size() == 1) {
            pods.outages = 3;
            pods.say("two\n");
            pods.ended(uid);
          }
        };
    assertThat(read(FOLLOW, pause)).isEqualTo("one\ntwo\n");
  }

  @Test
  void an_ended_log_whose_rest_cannot_be_had_breaks_and_does_not_end() {
    pods.running(uid);
    LogStream.Pause pause =
        time -> {
          pauses.add(time);
          pods.ended(uid);
          pods.outages = 1000;
        };
    assertThatThrownBy(() -> read(FOLLOW, pause)).isInstanceOf(IOException.class);
    assertThat(pauses).hasSizeGreaterThan(LogStream.MOST_UNANSWERED);
  }

  @Test
  void a_backend_that_is_out_is_told_before_the_stream_begins() {
    pods.outages = 1;
    assertThatThrownBy(() -> read(FOLLOW)).isInstanceOf(BackendUnavailableException.class);
  }

  @Test
  void a_follower_of_a_pod_that_is_deleted_comes_to_an_end() throws Exception {
    pods.running(uid);
    assertThat(read(FOLLOW, time -> pods.accepted.clear())).isEmpty();
  }

  @Test
  void a_reader_that_has_gone_ends_the_following() throws Exception {
    pods.running(uid);
    pods.say("one\n");
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    LogStream.open(ContainerLog.of(pods, uid, "main"), FOLLOW, pauses::add).write(closed);
    assertThat(pauses).isEmpty();
  }

  @Test
  void a_stopping_server_ends_the_following() throws Exception {
    pods.running(uid);
    LogStream.Pause stop =
        time -> {
          throw new InterruptedException();
        };
    assertThat(read(FOLLOW, stop)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void a_container_that_the_pod_does_not_have_is_answered_with_those_it_has() {
    assertThatThrownBy(() -> ContainerLog.of(pods, uid, "other"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("main");
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "1,0", "1,-5"})
  void a_range_that_is_none_is_refused(long tail, long limit) {
    assertThatThrownBy(() -> new LogRequest(false, OptionalLong.of(tail), OptionalLong.of(limit)))
        .isInstanceOf(ProblemException.class);
  }
}
