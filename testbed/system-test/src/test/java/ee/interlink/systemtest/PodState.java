package ee.interlink.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * A pod as a front door shows it.
 *
 * @param exitCode of its first container, once that has ended
 */
record PodState(String phase, OptionalInt exitCode, String words) {

  static PodState ofPod(JsonNode pod) {
    JsonNode status = pod.path("status");
    return new PodState(
        status.path("phase").asText(),
        exitCode(status.at("/containerStatuses/0")),
        status.toString());
  }

  /** The interLink API says nothing of phases: whoever asks derives them from the containers. */
  static PodState ofContainers(JsonNode status) {
    JsonNode state = status.at("/containers/0/state");
    OptionalInt exitCode = exitCode(status.at("/containers/0"));
    String phase =
        state.has("running")
            ? "Running"
            : exitCode.isEmpty() ? "Pending" : exitCode.getAsInt() == 0 ? "Succeeded" : "Failed";
    return new PodState(phase, exitCode, status.toString());
  }

  private static OptionalInt exitCode(JsonNode container) {
    JsonNode code = container.at("/state/terminated/exitCode");
    return code.isInt() ? OptionalInt.of(code.asInt()) : OptionalInt.empty();
  }

  boolean running() {
    return phase.equals("Running");
  }

  boolean ended() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
