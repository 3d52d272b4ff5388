package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Whether a pod's status says that it is over. */
final class PodEnd {
  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  private PodEnd() {}

  static boolean over(JsonNode pod) {
    return OVER.contains(phase(pod));
  }

  static String phase(JsonNode pod) {
    return pod.at("/status/phase").asText();
  }
}
