package ee.interlink.batch;

import java.util.regex.Pattern;

/**
 * What names of namespaces, containers, volumes and the like have to be (RFC 1123, section 2.1, as
 * Kubernetes has it: "Object Names and IDs").
 */
public final class DnsLabel {
  /** As a regular expression; without a group that counts. */
  public static final String FORM = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  private DnsLabel() {}

  /**
   * @param value may be null, which is none
   */
  public static boolean is(String value) {
    return value != null && PATTERN.matcher(value).matches();
  }
}
