package ee.interlink.batch;

import java.util.regex.Pattern;

/**
 * What can be the name of an image in a registry, by the grammar of the distribution project
 * (package {@code reference}), which the kubelet and Apptainer both follow.
 */
public final class ImageName {
  /** What is wrong with a field that should name an image and has no such form. */
  public static final String FAULT = "is not the name of an image: invalid reference format";

  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
  private static final String HOST =
      "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern NAME =
      Pattern.compile(
          "(?:"
              + HOST
              + "/)?"
              + PART
              + "(?:/"
              + PART
              + ")*"
              + "(?::\\w[\\w.-]{0,127})?"
              + "(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?");

  private ImageName() {}

  /**
   * @param text without a scheme
   */
  public static boolean isOne(String text) {
    return NAME.matcher(text).matches();
  }
}
