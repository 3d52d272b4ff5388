package ee.interlink.slurm;

import ee.interlink.batch.JobRequest;

/** The mark on our jobs, and what people read in the queue: a small JSON object. */
final class JobComment {
  private static final int LONGEST_NAME = 253;

  private JobComment() {}

  static String of(String backend, JobRequest request) {
    return mark(backend)
        + ",\"namespace\":\""
        + clean(request.namespace())
        + "\",\"pod\":\""
        + clean(request.name())
        + "\"}";
  }

  /** How the comment of every job of a backend begins. */
  static String mark(String backend) {
    return "{\"interlink\":\"" + backend + "\"";
  }

  private static String clean(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
  }
}
