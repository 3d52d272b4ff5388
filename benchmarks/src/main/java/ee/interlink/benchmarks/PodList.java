package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.PortalClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All pods of a server, page by page. */
final class PodList {
  private PodList() {}

  /**
   * @param query for instance {@code namespace=counted}, or empty
   */
  static Stream<JsonNode> of(PortalClient portal, String query) {
    List<JsonNode> pods = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = portal.list("limit=1000&" + query + next);
      page.path("items").forEach(pods::add);
      String after = page.at("/metadata/continue").asText();
      next = after.isEmpty() ? "" : "&continue=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    } while (!next.isEmpty());
    return pods.stream();
  }
}
