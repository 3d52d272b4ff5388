package ee.interlink.web.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.web.log.LogRequest;
import ee.interlink.web.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogQueryTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private static LogRequest read(String query) {
    Map<String, String> words =
        Stream.of(query.split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length == 2 ? pair[1] : ""));
    return LogQuery.read(name -> Optional.ofNullable(words.get(name)), NOW);
  }

  @Test
  void nothing_asks_for_everything_that_is_there() {
    assertThat(read("")).isEqualTo(LogRequest.WHOLE);
  }

  @Test
  void each_word_has_its_meaning() {
    assertThat(
            read(
                "follow=true&previous=1&timestamps=True&sinceSeconds=60&tailLines=0&limitBytes=9"
                    + "&stream=All"))
        .isEqualTo(
            new LogRequest(
                true,
                true,
                true,
                Optional.of(NOW.minusSeconds(60)),
                OptionalLong.of(0),
                OptionalLong.of(9)));
    assertThat(read("sinceTime=2026-11-25T13:00:00.25+02:00").since())
        .contains(Instant.parse("2026-11-25T11:00:00.25Z"));
  }

  @ParameterizedTest
  @CsvSource({"follow=false,false", "follow=0,false", "follow=FALSE,false", "follow=x,true"})
  void a_flag_is_read_as_kubernetes_reads_it(String query, boolean follow) {
    assertThat(read(query).follow()).isEqualTo(follow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tailLines=-1",
        "tailLines=all",
        "limitBytes=0",
        "limitBytes=1.5",
        "sinceSeconds=0",
        "sinceSeconds=-5",
        "sinceTime=yesterday",
        "sinceSeconds=5&sinceTime=2026-11-25T11:00:00Z",
        "stream=Stderr"
      })
  void what_makes_no_sense_is_refused(String query) {
    assertThatThrownBy(() -> read(query))
        .isInstanceOf(ProblemException.class)
        .extracting(e -> ((ProblemException) e).kind().status())
        .isEqualTo(400);
  }
}
