package ee.interlink.web.portal;

import ee.interlink.batch.PodUid;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what comes in paths and queries, where JAX-RS would only say "not found". */
final class Parameter {
  private Parameter() {}

  static Optional<String> text(String value) {
    return Optional.ofNullable(value).filter(given -> !given.isBlank());
  }

  static OptionalLong number(String name, String value) {
    if (text(value).isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // Told below, like a negative number.
    }
    throw invalid(name, "is not a whole number from 0");
  }

  static boolean flag(String name, String value) {
    if (text(value).isEmpty() || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw invalid(name, "is neither true nor false");
  }

  static Optional<Instant> time(String name, String value) {
    try {
      return text(value).map(given -> OffsetDateTime.parse(given).toInstant());
    } catch (DateTimeParseException e) {
      throw invalid(name, "is not a time of RFC 3339");
    }
  }

  static PodUid uid(String value) {
    try {
      return new PodUid(value);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemKind.NO_SUCH_POD, e.getMessage());
    }
  }

  static ProblemException invalid(String name, String fault) {
    return new ProblemException(ProblemKind.INVALID_PARAMETER, name + " " + fault);
  }
}
