package ee.interlink.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person wants to know of a pod.
 *
 * @param uid the server's name of it
 * @param title namespace and name
 * @param phase as in Kubernetes
 * @param words reason and message of the phase, or empty
 * @param declared names of all containers, those of init first
 * @param containers those that have a status
 */
record PodStatus(
    String uid,
    String title,
    String phase,
    String words,
    List<String> declared,
    List<ContainerStatus> containers) {

  static PodStatus of(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    JsonNode spec = pod.path("spec");
    JsonNode status = pod.path("status");
    List<String> declared = new ArrayList<>();
    spec.path("initContainers").forEach(it -> declared.add(it.path("name").asText()));
    spec.path("containers").forEach(it -> declared.add(it.path("name").asText()));
    List<ContainerStatus> containers = new ArrayList<>();
    status.path("initContainerStatuses").forEach(it -> containers.add(ContainerStatus.of(it)));
    status.path("containerStatuses").forEach(it -> containers.add(ContainerStatus.of(it)));
    return new PodStatus(
        metadata.path("uid").asText(),
        metadata.path("namespace").asText("default") + "/" + metadata.path("name").asText(),
        status.path("phase").asText("Pending"),
        Words.joined(status.path("reason").asText(""), status.path("message").asText("")),
        List.copyOf(declared),
        List.copyOf(containers));
  }

  boolean ended() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** The phase with the words that explain it, the pod's own before its containers'. */
  String headline() {
    String why = words.isEmpty() && phase.equals("Pending") ? waitingFor() : words;
    return why.isEmpty() ? phase : phase + " (" + why + ")";
  }

  private String waitingFor() {
    return containers.stream()
        .map(ContainerStatus::waitingFor)
        .filter(it -> !it.isEmpty())
        .findFirst()
        .orElse("");
  }

  /**
   * The exit code that stands for the pod: the first one that is not zero; 1 for a pod that failed
   * although none is.
   */
  int exitCode() {
    if (phase.equals("Succeeded")) {
      return 0;
    }
    return containers.stream()
        .filter(ContainerStatus::failed)
        .mapToInt(it -> it.exitCode().getAsInt())
        .findFirst()
        .orElse(1);
  }
}
