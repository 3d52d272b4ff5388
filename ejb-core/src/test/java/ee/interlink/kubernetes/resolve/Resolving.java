package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import ee.interlink.batch.Volume;
import ee.interlink.configuration.HostPort;
import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pod of the namespace {@code ns}, resolved in a {@link FakeCluster}. */
final class Resolving {
  static final NodeFacts NODE =
      new NodeFacts(
          "site-a",
          List.of("192.0.2.7", "2001:db8::7"),
          Map.of(
              "cpu", new Quantity("64"),
              "memory", new Quantity("256Gi"),
              "ephemeral-storage", new Quantity("1Ti"),
              "hugepages-2Mi", new Quantity("4Gi")),
          Optional.of(new HostPort("api.example.org", 6443)));

  final FakeCluster cluster;

  Resolving(FakeCluster cluster) {
    this.cluster = cluster;
  }

  /** A pod whose only container, {@code main}, has these fields; ' for ". */
  static Pod podWith(String fields) {
    return pod("'enableServiceLinks':false,'containers':[{'name':'main'," + fields + "}]");
  }

  /** A pod with a volume {@code v} of this source, which its container mounts; ' for ". */
  static Pod podWithVolume(String source) {
    return pod(
        "'containers':[{'name':'main','volumeMounts':[{'name':'v','mountPath':'/v'}]}],"
            + "'volumes':[{'name':'v',"
            + source
            + "}]");
  }

  static Pod pod(String spec) {
    return podOf(
        "'name':'sample','namespace':'ns','uid':'11111111-2222-3333-4444-555555555555',"
            + "'labels':{'tier':'a \\\\ b','app.kubernetes.io/name':'x'},"
            + "'annotations':{'note':'one\\ntwo'}",
        spec);
  }

  static Pod podOf(String metadata, String spec) {
    try {
      return PodJson.mapper()
          .readValue(
              "{'metadata':{%s},'spec':{%s}}".formatted(metadata, spec).replace('\'', '"'),
              Pod.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  ResolvedPod resolve(Pod pod) throws Exception {
    return new PodResolver(cluster, NODE).resolve(pod);
  }

  Container main(String fields) throws Exception {
    return resolve(podWith(fields)).pod().getSpec().getContainers().get(0);
  }

  /** The variables of a pod without those that name the API server. */
  Map<String, String> variables(String fields) throws Exception {
    Map<String, String> variables = variables(main(fields));
    variables.keySet().removeIf(name -> name.startsWith("KUBERNETES_"));
    return variables;
  }

  static Map<String, String> variables(Container container) {
    Map<String, String> variables = new LinkedHashMap<>();
    container.getEnv().forEach(variable -> variables.put(variable.getName(), variable.getValue()));
    assertThat(variables).hasSameSizeAs(container.getEnv());
    return variables;
  }

  Volume.Files volume(String source) throws Exception {
    List<Volume.Files> volumes = resolve(podWithVolume(source)).volumes();
    assertThat(volumes).hasSize(1);
    return volumes.get(0);
  }

  /** Path to content. */
  Map<String, String> files(String source) throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    for (Volume.File file : volume(source).files()) {
      files.put(file.path(), new String(file.content(), StandardCharsets.UTF_8));
    }
    return files;
  }

  UnresolvedPodException waiting(Pod pod) {
    UnresolvedPodException waiting =
        catchThrowableOfType(UnresolvedPodException.class, () -> resolve(pod));
    assertThat(waiting).as("reason to wait").isNotNull();
    return waiting;
  }

  List<FieldFault> refused(Pod pod) {
    RefusedPodException refused =
        catchThrowableOfType(RefusedPodException.class, () -> resolve(pod));
    assertThat(refused).as("refusal").isNotNull();
    return refused.faults();
  }
}
