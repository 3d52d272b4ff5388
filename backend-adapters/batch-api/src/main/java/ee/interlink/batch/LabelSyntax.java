package ee.interlink.batch;

import java.util.Optional;
import java.util.regex.Pattern;

/** What may be a label of a Kubernetes node (Kubernetes, "Labels and Selectors"). */
public final class LabelSyntax {
  /** Who names the architecture of its machines names it by Kubernetes' own label. */
  public static final String ARCHITECTURE = "kubernetes.io/arch";

  private static final int LONGEST = 63;
  private static final int LONGEST_PREFIX = 253;
  private static final String OURS = ".interlink.ee";
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private LabelSyntax() {}

  /**
   * Whether a backend may give a label of this name: one below a prefix of ours, {@code
   * slurm.interlink.ee/partition}, or {@link #ARCHITECTURE}. All other labels are somebody else's.
   */
  public static boolean isBackendKey(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String prefix = key.substring(0, slash);
    return key.equals(ARCHITECTURE)
        || (prefix.endsWith(OURS)
            && prefix.length() <= LONGEST_PREFIX
            && SUBDOMAIN.matcher(prefix).matches()
            && WORD.matcher(key.substring(slash + 1)).matches());
  }

  /** Whether a label may have this value; an empty one says nothing and is none here. */
  public static boolean isValue(String value) {
    return WORD.matcher(value).matches();
  }

  /**
   * A text as a label's value, or as the part of its name behind the slash: other characters become
   * {@code _}, and it is cut after 63. Empty if no letter and no digit is left.
   */
  public static Optional<String> of(String text) {
    String legal = text.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[._-]+", "");
    String cut = legal.substring(0, Math.min(LONGEST, legal.length())).replaceAll("[._-]+$", "");
    return cut.isEmpty() ? Optional.empty() : Optional.of(cut);
  }
}
