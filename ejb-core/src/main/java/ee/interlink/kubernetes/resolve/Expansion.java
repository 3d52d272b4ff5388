package ee.interlink.kubernetes.resolve;

import java.util.function.UnaryOperator;

/**
 * References to variables, {@code $(NAME)}, in values, commands and arguments. {@code $$} is a
 * dollar sign, so that {@code $$(NAME)} is no reference. What is no reference stays as it is.
 *
 * <p>See "Define Dependent Environment Variables" in the documentation of Kubernetes.
 */
final class Expansion {
  private Expansion() {}

  /**
   * @param values from a variable's name to its value; null leaves the reference as it stands
   */
  static String expand(String text, UnaryOperator<String> values) {
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      int end = next == '(' ? text.indexOf(')', at) : -1;
      if (text.charAt(at) != '$') {
        expanded.append(text.charAt(at));
        at++;
      } else if (next == '$') {
        expanded.append('$');
        at += 2;
      } else if (end >= 0) {
        String value = values.apply(text.substring(at + 2, end));
        expanded.append(value == null ? text.substring(at, end + 1) : value);
        at = end + 1;
      } else {
        expanded.append('$');
        at++;
      }
    }
    return expanded.toString();
  }
}
