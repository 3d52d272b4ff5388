package ee.interlink.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every word comes out of a real shell as it went in. */
class ShellQuoteTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Property(tries = 60)
  void words_pass_a_real_shell_unchanged(@ForAll("words") List<String> words) throws Exception {
    String script = "printf '%s\\0' " + ShellQuote.line(words);
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    try (LocalShell shell = new LocalShell()) {
      CommandResult result =
          shell.run(new Command(List.of("bash"), Input.of(bytes), LIMIT, 1 << 20));
      assertThat(result.errors()).isEmpty();
      assertThat(result.text()).isEqualTo(String.join("\0", words) + "\0");
    }
  }

  @Provide
  Arbitrary<List<String>> words() {
    Arbitrary<String> hostile =
        Arbitraries.of("'", "\"", "$(id)", "`id`", "\n", "\\", "!", "", " ", "é", "\u0001", "*");
    Arbitrary<String> any =
        Arbitraries.strings()
            .withCharRange('\u0001', '\ud7ff')
            .withCharRange('\ue000', '\uffff')
            .ofMaxLength(30);
    return Arbitraries.oneOf(hostile.list().ofMaxSize(6).map(l -> String.join("", l)), any)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
