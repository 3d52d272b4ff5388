package ee.interlink.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * One container as the pod's status tells it.
 *
 * @param name the container's name
 * @param waitingFor why it has not started, or empty
 * @param started whether there may be output
 * @param exitCode once it has ended
 * @param reason of its end, or empty
 */
record ContainerStatus(
    String name, String waitingFor, boolean started, OptionalInt exitCode, String reason) {

  static ContainerStatus of(JsonNode status) {
    JsonNode state = status.path("state");
    JsonNode terminated = state.path("terminated");
    boolean ended = terminated.has("exitCode");
    return new ContainerStatus(
        status.path("name").asText(),
        state.path("waiting").path("reason").asText(""),
        ended || state.has("running"),
        ended ? OptionalInt.of(terminated.path("exitCode").asInt()) : OptionalInt.empty(),
        terminated.path("reason").asText(""));
  }

  boolean failed() {
    return exitCode.orElse(0) != 0;
  }
}
