package ee.interlink.site.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the value of an annotation must be like. A value that fits has no character that would mean
 * something to whoever reads it on its way; it is short, too.
 *
 * @param words what it is, as the end of "is not …", for whoever wrote another
 * @param fits of a value of at most {@value #LONGEST} characters
 */
public record ValueForm(String words, Predicate<String> fits) {
  /** Also keeps a regular expression with a group that repeats from using up the stack. */
  public static final int LONGEST = 1000;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");

  /** The whole value matches. */
  public static ValueForm matching(String words, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return new ValueForm(words, value -> pattern.matcher(value).matches());
  }

  /** A whole number between two others, or one of them. */
  public static ValueForm number(long least, long most) {
    return new ValueForm(
        "a whole number from " + least + " to " + most,
        value -> {
          if (!NUMBER.matcher(value).matches()) {
            return false;
          }
          long number = Long.parseLong(value);
          return number >= least && number <= most;
        });
  }

  /** One of these words, or several with commas between them. */
  public static ValueForm listOf(String... words) {
    List<String> known = List.of(words);
    return new ValueForm(
        "one of " + String.join(", ", known) + ", or several with commas between them",
        value -> known.containsAll(Arrays.asList(value.split(",", -1))));
  }

  public static ValueForm truth() {
    return matching("true or false", "true|false");
  }

  /** The end of a sentence that begins with what has the value; empty if it fits. */
  public Optional<String> fault(String value) {
    if (value.length() > LONGEST) {
      return Optional.of("has more than " + LONGEST + " characters");
    }
    return fits.test(value) ? Optional.empty() : Optional.of("is not " + words);
  }
}
