package ee.interlink.site;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How a command ended.
 *
 * @param status exit status, or 128 if a signal ended it and none is known
 * @param output all of standard output
 * @param errors the beginning of standard error, for people
 */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through, nobody compares them
public record CommandResult(int status, byte[] output, String errors) {
  public CommandResult {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(errors, "errors");
  }

  /** Standard output as UTF-8. */
  public String text() {
    return new String(output, StandardCharsets.UTF_8);
  }
}
