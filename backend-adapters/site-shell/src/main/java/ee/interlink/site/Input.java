package ee.interlink.site;

import java.io.IOException;
import java.io.OutputStream;

/** What a command reads: written as it is produced, so that it need never be in memory whole. */
@FunctionalInterface
public interface Input {
  Input NONE = out -> {};

  /**
   * Writes everything; the caller closes.
   *
   * @throws IOException as the stream throws it; a command that stops reading is no error
   */
  void writeTo(OutputStream out) throws IOException;

  static Input of(byte[] bytes) {
    return out -> out.write(bytes);
  }
}
