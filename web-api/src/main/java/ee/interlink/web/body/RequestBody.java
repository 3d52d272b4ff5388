package ee.interlink.web.body;

import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A request's body as text, with an end to how much of it is taken. */
public final class RequestBody {
  /** A Pod with its status is far smaller; Kubernetes takes as much in one request. */
  public static final int POD_LIMIT = 3 << 20;

  /** Whole ConfigMaps and Secrets come along, and many pods at once. */
  public static final int WIRE_LIMIT = 32 << 20;

  /**
   * How much more of a too large body is read and thrown away, so that its sender reads our answer
   * and may go on with the connection.
   */
  private static final int DRAIN_LIMIT = 32 << 20;

  private static final int PIECE = 16 << 10;

  private RequestBody() {}

  /**
   * @param stated the header {@code Content-Length}; negative if there is none
   * @param limit most bytes
   */
  public static String text(InputStream in, long stated, int limit) {
    byte[] bytes = bytes(in, stated, limit);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ProblemException(ProblemKind.MALFORMED_DOCUMENT, "the document is not UTF-8");
    }
  }

  private static byte[] bytes(InputStream in, long stated, int limit) {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    long read = 0;
    try {
      for (int n = in.read(piece);
          n >= 0 && read <= limit + (long) DRAIN_LIMIT;
          n = in.read(piece)) {
        read += n;
        if (read <= limit) {
          taken.write(piece, 0, n);
        }
      }
    } catch (IOException e) {
      // The sender went away or was too slow, or the server gave up on it.
      throw cutOff(read);
    }
    if (read > limit) {
      throw new ProblemException(
          ProblemKind.BODY_TOO_LARGE, "at most " + limit + " bytes are taken here");
    }
    if (read < stated) {
      throw cutOff(read);
    }
    return taken.toByteArray();
  }

  private static ProblemException cutOff(long read) {
    return new ProblemException(
        ProblemKind.BODY_CUT_OFF, "after " + read + " bytes nothing more came");
  }
}
