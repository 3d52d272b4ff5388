package ee.interlink.batch;

/**
 * Which part of a container's log to read.
 *
 * @param offset first byte, from 0; negative: that many bytes before the present end
 * @param limit most bytes to return, at least 1
 */
public record LogRange(long offset, int limit) {
  /**
   * @throws IllegalArgumentException if the limit is not positive
   */
  public LogRange {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
  }
}
