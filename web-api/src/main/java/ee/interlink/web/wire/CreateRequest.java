package ee.interlink.web.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Objects;

/**
 * The body of {@code /create}, there called PodCreateRequests.
 *
 * @param pod as the virtual kubelet resolved it; null if missing
 * @param configMaps those of its configMap volumes
 * @param secrets those of its secret volumes
 * @param projected one for each projected or downwardAPI volume, of the volume's name
 * @param scriptBuilder a URL to have the job's script made at; empty for none
 */
record CreateRequest(
    Pod pod,
    @JsonProperty("configmaps") List<ConfigMap> configMaps,
    List<Secret> secrets,
    @JsonProperty("projectedvolumesmaps") List<ConfigMap> projected,
    @JsonProperty("jobscriptURL") String scriptBuilder) {
  CreateRequest {
    configMaps = Objects.requireNonNullElse(configMaps, List.of());
    secrets = Objects.requireNonNullElse(secrets, List.of());
    projected = Objects.requireNonNullElse(projected, List.of());
    scriptBuilder = Objects.requireNonNullElse(scriptBuilder, "");
  }

  @Override
  public String toString() {
    return "CreateRequest"; // what it holds may be secret
  }
}
