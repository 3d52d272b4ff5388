package ee.interlink.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the pod goes, and what a person should know of that place. */
final class BackendChoice {
  private BackendChoice() {}

  /** The wanted one, or the server's default. */
  static String of(JsonNode backends, Optional<String> wanted) throws LaunchException {
    List<String> names = new ArrayList<>();
    for (JsonNode backend : backends) {
      names.add(backend.path("name").asText());
      if (wanted.isEmpty() && backend.path("default").asBoolean()) {
        return backend.path("name").asText();
      }
    }
    return wanted.orElseThrow(
        () -> new LaunchException("which backend? Add --backend with one of " + names));
  }

  static List<String> remarks(JsonNode backends, String chosen) {
    List<String> remarks = new ArrayList<>();
    for (JsonNode backend : backends) {
      if (!backend.path("name").asText().equals(chosen)) {
        continue;
      }
      if (backend.path("driver").asText().equals("local") && !Apptainer.works()) {
        remarks.add(
            "no Apptainer that works here: containers run as plain processes,"
                + " their images are not used");
      }
      boolean asked = backend.has("since");
      if (asked && !backend.path("healthy").asBoolean(true)) {
        remarks.add(
            "backend " + chosen + " is not healthy: " + backend.path("reason").asText("no reason"));
      }
    }
    return remarks;
  }
}
