package ee.interlink.site.jobs;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All annotations of one driver.
 *
 * @param prefix what their names begin with, up to the slash and with it
 */
record AnnotationTable<A extends Enum<A> & KnownAnnotation>(String prefix, Class<A> constants) {
  Optional<A> find(String word) {
    return Arrays.stream(constants.getEnumConstants())
        .filter(known -> known.word().equals(word))
        .findFirst();
  }

  /** The end of a sentence that begins with a name that is not in the table. */
  String isNotOne() {
    return Arrays.stream(constants.getEnumConstants())
        .map(KnownAnnotation::word)
        .sorted()
        .collect(Collectors.joining(", ", "is not known: " + prefix + " has ", ""));
  }
}
