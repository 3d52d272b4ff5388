package ee.interlink.kubernetes.resolve;

import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A container with all its variables, put in wherever it refers to them. */
final class ContainerResolution {
  private final ContainerVariables variables;

  ContainerResolution(ContainerVariables variables) {
    this.variables = variables;
  }

  /**
   * @param path of the list of containers
   */
  List<Container> of(List<Container> containers, String path)
      throws UnresolvedPodException, ClusterUnavailableException, RefusedPodException {
    List<Container> resolved = new ArrayList<>();
    for (int i = 0; i < containers.size(); i++) {
      resolved.add(of(containers.get(i), variables.of(containers.get(i), path + "[" + i + "]")));
    }
    return resolved;
  }

  private static Container of(Container container, Map<String, String> variables)
      throws UnresolvedPodException {
    List<VolumeMount> mounts = new ArrayList<>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      mounts.add(mount(mount, variables, container.getName()));
    }
    return new ContainerBuilder(container)
        .withEnv(
            variables.entrySet().stream()
                .map(variable -> new EnvVar(variable.getKey(), variable.getValue(), null))
                .toList())
        .withEnvFrom(List.<EnvFromSource>of())
        .withCommand(expanded(container.getCommand(), variables))
        .withArgs(expanded(container.getArgs(), variables))
        .withVolumeMounts(mounts)
        .build();
  }

  private static List<String> expanded(List<String> words, Map<String, String> variables) {
    return words.stream().map(word -> Expansion.expand(word, variables::get)).toList();
  }

  /** "Using subPath with expanded environment variables" in the documentation of Kubernetes. */
  private static VolumeMount mount(
      VolumeMount mount, Map<String, String> variables, String container)
      throws UnresolvedPodException {
    String expression = mount.getSubPathExpr();
    if (expression == null || expression.isEmpty()) {
      return mount;
    }
    Set<String> missing = new TreeSet<>();
    String path =
        Expansion.expand(
            expression,
            name -> {
              String value = variables.getOrDefault(name, "");
              if (value.isEmpty()) {
                missing.add(name);
              }
              return value;
            });
    if (!missing.isEmpty()) {
      throw UnresolvedPodException.ofContainer(
          container, "missing value for " + String.join(", ", missing));
    }
    // Told with the expression where a kubelet tells the path: a value in it may be secret.
    if (path.startsWith("/")) {
      throw UnresolvedPodException.ofContainer(
          container, "error SubPath `" + expression + "` must not be an absolute path");
    }
    if (Arrays.asList(path.split("/", -1)).contains("..")) {
      throw UnresolvedPodException.ofContainer(
          container, "unable to provision SubPath `" + expression + "`: must not contain '..'");
    }
    return new VolumeMountBuilder(mount).withSubPath(path).withSubPathExpr(null).build();
  }
}
