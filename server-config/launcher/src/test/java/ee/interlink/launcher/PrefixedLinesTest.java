package ee.interlink.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrefixedLinesTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

  @Test
  void lines_of_two_containers_never_mix() throws Exception {
    try (PrefixedLines one = new PrefixedLines(out, "[one] ");
        PrefixedLines two = new PrefixedLines(out, "[two] ")) {
      one.write("half".getBytes(StandardCharsets.UTF_8));
      two.write("whole\n".getBytes(StandardCharsets.UTF_8));
      one.write(" a line\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo("[two] whole\n[one] half a line\n");
  }

  @Test
  void a_last_line_without_its_end_is_shown_all_the_same() throws Exception {
    PrefixedLines lines = new PrefixedLines(out, "[a] ");
    lines.write("no newline".getBytes(StandardCharsets.UTF_8));
    lines.end();
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("[a] no newline\n");
  }
}
