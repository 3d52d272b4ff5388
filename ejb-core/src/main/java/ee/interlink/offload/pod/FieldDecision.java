package ee.interlink.offload.pod;

import java.util.Locale;

/** What becomes of a field of a pod; the head of {@code pod-fields.txt} says what each means. */
enum FieldDecision {
  HONOURED,
  TRANSLATED,
  RESOLVED,
  HARMLESS,
  REFUSED;

  static FieldDecision of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether a pod may have the field when it becomes a job: all is resolved by then. */
  boolean accepts() {
    return this != REFUSED && this != RESOLVED;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
