package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoQuoteTest {

  /** What Go's {@code fmt.Sprintf("%q", …)} prints of the same text. */
  @Test
  void text_is_quoted_as_go_does() {
    assertThat(GoQuote.of("")).isEqualTo("\"\"");
    assertThat(GoQuote.of("a b/c='d'")).isEqualTo("\"a b/c='d'\"");
    assertThat(GoQuote.of("say \"hi\" \\o/")).isEqualTo("\"say \\\"hi\\\" \\\\o/\"");
    assertThat(GoQuote.of("\n\r\t\b\f")).isEqualTo("\"\\n\\r\\t\\b\\f\"");
    assertThat(GoQuote.of("\u0007\u000b")).isEqualTo("\"\\a\\v\"");
    assertThat(GoQuote.of("\u0000\u001b\u007f")).isEqualTo("\"\\x00\\x1b\\x7f\"");
    assertThat(GoQuote.of("\u0080\u00a0\u200b\u2028\ue000"))
        .isEqualTo("\"\\u0080\\u00a0\\u200b\\u2028\\ue000\"");
    assertThat(GoQuote.of("Grüße 世界 😀 €")).isEqualTo("\"Grüße 世界 😀 €\"");
    assertThat(GoQuote.of(Character.toString(0xe0001))).isEqualTo("\"\\U000e0001\"");
  }
}
