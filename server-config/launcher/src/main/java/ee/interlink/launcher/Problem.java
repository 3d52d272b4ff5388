package ee.interlink.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A problem document (RFC 9457) in one line for a person. */
final class Problem {
  private static final int LONGEST_PAGE = 300;

  private Problem() {}

  static String of(int status, byte[] body) {
    try {
      JsonNode problem = new ObjectMapper().readTree(body);
      String title = problem.path("title").asText("");
      String detail = problem.path("detail").asText("");
      if (!title.isEmpty() || !detail.isEmpty()) {
        return "the server refuses: "
            + title
            + (title.isEmpty() || detail.isEmpty() ? "" : ": ")
            + detail
            + " (HTTP "
            + status
            + ")";
      }
    } catch (IOException e) {
      // Not a problem document: some server's own error page, shown as it is.
    }
    String page = new String(body, StandardCharsets.UTF_8).strip();
    return "the server answers HTTP "
        + status
        + (page.isEmpty() ? "" : ": " + page.substring(0, Math.min(page.length(), LONGEST_PAGE)));
  }
}
