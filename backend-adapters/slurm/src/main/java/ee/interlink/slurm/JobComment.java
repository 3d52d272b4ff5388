package ee.interlink.slurm;

import ee.interlink.batch.JobRequest;
import java.util.Optional;

/** The mark on our jobs, and what people read in the queue: a small JSON object. */
final class JobComment {
  private static final String ORIGIN = ",\"origin\":\"";
  private static final int ORIGIN_LENGTH = 16;
  private static final int LONGEST_NAME = 253;

  /** With all that goes before it this is less than the 1024 bytes that Slurm takes. */
  static final int LONGEST_TEXT = 256;

  private JobComment() {}

  /**
   * @param text the pod's own, without anything that JSON would have escaped
   */
  static String of(String backend, JobRequest request, Optional<String> text) {
    return mark(backend)
        + request.origin().map(origin -> ORIGIN + origin + "\"").orElse("")
        + ",\"namespace\":\""
        + clean(request.namespace())
        + "\",\"pod\":\""
        + clean(request.name())
        + text.map(own -> "\",\"comment\":\"" + own).orElse("")
        + "\"}";
  }

  /** How the comment of every job of a backend begins. */
  static String mark(String backend) {
    return "{\"interlink\":\"" + backend + "\"";
  }

  /** What the comment of one of our jobs says of its origin. */
  static Optional<String> origin(String comment, String mark) {
    int from = mark.length() + ORIGIN.length();
    return comment.startsWith(ORIGIN, mark.length()) && comment.length() >= from + ORIGIN_LENGTH
        ? Optional.of(comment.substring(from, from + ORIGIN_LENGTH))
        : Optional.empty();
  }

  private static String clean(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
  }
}
