package ee.interlink.htcondor;

import ee.interlink.site.jobs.ValueForm;

/**
 * A pod's part of an expression of ClassAds. It is put between parentheses, and what follows them
 * must mean the same whatever stands within: so it closes what it opens, and has neither comments
 * nor names in single quotes, in which a parenthesis is none. HTCondor itself reads the rest.
 *
 * <p>There is no {@code $}, for macros of the description, and no backslash: the two syntaxes of
 * ClassAds do not agree on what it does to a quote.
 */
final class PodExpression {
  static final ValueForm FORM =
      new ValueForm(
          "one line of a ClassAd expression that closes its parentheses and strings and has no $,"
              + " no \\, no comment and no '",
          PodExpression::isClosed);

  private PodExpression() {}

  private static boolean isClosed(String text) {
    int open = 0;
    boolean string = false;
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '$' || c == '\\') {
        return false;
      }
      if (c == '"') {
        string = !string;
      } else if (!string) {
        if (c == '\'' || (before == '/' && (c == '/' || c == '*'))) {
          return false;
        }
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (open < 0) {
          return false;
        }
      }
      before = c;
    }
    return open == 0 && !string && !text.isBlank();
  }
}
