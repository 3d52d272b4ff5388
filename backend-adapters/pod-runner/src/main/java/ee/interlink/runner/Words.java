package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** The form of a data file: each word ended by a NUL, the one byte that no word can have. */
final class Words {
  private Words() {}

  static byte[] join(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append(word).append('\0');
    }
    return text.toString().getBytes(UTF_8);
  }
}
