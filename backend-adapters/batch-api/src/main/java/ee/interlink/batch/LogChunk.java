package ee.interlink.batch;

import java.util.Objects;

/**
 * A piece of a container's log.
 *
 * @param offset where the piece begins, in bytes from the start of the log
 * @param content the bytes; empty at the present end
 */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through, nobody compares them
public record LogChunk(long offset, byte[] content) {
  public LogChunk {
    Objects.requireNonNull(content, "content");
  }

  /** Where the next piece begins. */
  public long end() {
    return offset + content.length;
  }
}
