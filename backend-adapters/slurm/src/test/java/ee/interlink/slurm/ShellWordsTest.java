package ee.interlink.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
  @Test
  void blanks_part_words_and_quotes_and_backslashes_keep_them_together() {
    assertThat(ShellWords.of(" a  'b c'd\t\"e 'f\"\\ g\n'' ").orElseThrow())
        .containsExactly("a", "b cd", "e 'f g", "");
    assertThat(ShellWords.of("\"\\\"\\\\\\$\\x\" '\\' \\'").orElseThrow())
        .containsExactly("\"\\$\\x", "\\", "'");
    assertThat(ShellWords.of("").orElseThrow()).isEmpty();
  }

  @Test
  void what_a_shell_would_do_more_with_stands_for_itself() {
    String text = "$(id) `id` ; a|b&c >d *? ~ #e {f,g} !h $HOME \"$(id)\" \0\r";
    assertThat(ShellWords.of(text).orElseThrow())
        .containsExactly(
            "$(id)", "`id`", ";", "a|b&c", ">d", "*?", "~", "#e", "{f,g}", "!h", "$HOME", "$(id)",
            "\0\r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a", "a \"b", "\"a\\\"", "a\\", "'a'\"'"})
  void what_is_not_closed_is_nothing(String text) {
    assertThat(ShellWords.of(text)).isEmpty();
  }

  @Test
  void words_are_those_of_a_real_shell() throws Exception {
    Random random = new Random(20);
    String letters = "ab=-é \t\n'\"\\";
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j > 0; j--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      // bash has a reading of its own for a backslash at the very end.
      String whole = text + " end";
      assertThat(ShellWords.of(whole)).as(whole).isEqualTo(ofBash(whole));
    }
  }

  /** Within the parentheses of an array a newline is a blank. */
  private static Optional<List<String>> ofBash(String text) throws Exception {
    Process bash =
        new ProcessBuilder("bash", "-c", "words=(" + text + "\n)\nprintf '%s\\0' \"${words[@]}\"")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
    if (bash.waitFor() != 0) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(Arrays.asList(said.split("\0", -1)));
    words.remove(words.size() - 1);
    return Optional.of(words);
  }
}
