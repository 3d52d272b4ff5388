package ee.interlink.web.wire;

import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.web.body.DocumentReader;
import ee.interlink.web.body.DocumentReader.Language;
import ee.interlink.web.body.RequestBody;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import java.io.InputStream;
import java.util.Optional;

/** The JSON bodies of the interLink API, whatever type they say they have. */
final class WireBody {
  private WireBody() {}

  /** Empty if there is no body, or only {@code null}. */
  static <T> Optional<T> read(InputStream body, Class<T> shape) {
    String text = RequestBody.text(body, -1, RequestBody.WIRE_LIMIT).strip();
    if (text.isEmpty() || text.equals("null")) {
      return Optional.empty();
    }
    try {
      return Optional.of(DocumentReader.read(text, Language.JSON, shape));
    } catch (RefusedPodException | ProblemException e) {
      throw malformed(e.getMessage());
    }
  }

  static ProblemException malformed(String what) {
    return new ProblemException(ProblemKind.MALFORMED_DOCUMENT, "invalid request body: " + what);
  }
}
