package ee.interlink.batch;

import java.util.Objects;
import java.util.regex.Pattern;

/** What the words of a {@link Handler} may look like. */
final class HandlerForms {
  /** Nothing that would end a line, or a word of one. */
  static final Pattern TEXT = Pattern.compile("[!-~\u0080-\uffff]*");

  /** RFC 9110, 5.5. */
  static final Pattern LINE = Pattern.compile("[!#-'*+.^-z|~0-9A-Z-]+: [^\\p{Cntrl}]*");

  static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9._/-]{0,100}");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

  private HandlerForms() {}

  static void demandAddress(String host, int port) {
    Objects.requireNonNull(host, "host");
    demand(HOST.matcher(host).matches(), "not a host");
    demand(port >= 1 && port <= 65_535, "not a port: " + port);
  }

  static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
