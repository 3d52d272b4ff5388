package ee.interlink.kubernetes.resolve;

import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a container: whole ConfigMaps and Secrets first, then its own variables, each
 * of which sees those before it, then the services that nothing has the name of.
 */
final class ContainerVariables {
  private final VariableSources sources;
  private final Map<String, String> services;

  /**
   * @param services the variables that name services
   */
  ContainerVariables(VariableSources sources, Map<String, String> services) {
    this.sources = sources;
    this.services = services;
  }

  /**
   * @param at the container's path
   */
  Map<String, String> of(Container container, String at)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (EnvFromSource from : container.getEnvFrom()) {
      variables.putAll(sources.all(from, container));
    }
    List<EnvVar> own = container.getEnv();
    for (int i = 0; i < own.size(); i++) {
      EnvVar variable = own.get(i);
      value(variable, container, at + ".env[" + i + "]", variables)
          .ifPresent(value -> variables.put(variable.getName(), value));
    }
    services.forEach(variables::putIfAbsent);
    return variables;
  }

  private Optional<String> value(
      EnvVar variable, Container container, String at, Map<String, String> before)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    if (variable.getValue() != null && !variable.getValue().isEmpty()) {
      return Optional.of(
          Expansion.expand(
              variable.getValue(), name -> before.getOrDefault(name, services.get(name))));
    }
    if (variable.getValueFrom() != null) {
      return sources.one(variable.getValueFrom(), container, at + ".valueFrom");
    }
    return Optional.of("");
  }
}
