package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Volume;
import ee.interlink.offload.pod.JobRequests;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A whole pod, as an API server of Kubernetes 1.37 returns it with its defaults. */
class PodResolverTest {
  private final FakeCluster cluster =
      new FakeCluster()
          .add(configMap("settings", "a", "1"))
          .add(configMap("kube-root-ca.crt", "ca.crt", "the certificate"));

  private static ConfigMap configMap(String name, String key, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withName(name)
        .endMetadata()
        .addToData(key, value)
        .build();
  }

  private static Pod plain() throws IOException {
    try (InputStream json = PodResolverTest.class.getResourceAsStream("plain-pod.json")) {
      return PodJson.mapper().readValue(json, Pod.class);
    }
  }

  private ResolvedPod resolved() throws Exception {
    return new PodResolver(cluster, Resolving.NODE).resolve(plain());
  }

  @Test
  void a_pod_with_all_defaults_becomes_a_job() throws Exception {
    JobRequest job = JobRequests.from(resolved());
    ContainerSpec main = job.containers().get(0);
    assertThat(main.command()).containsExactly("sh", "-c", "echo hello from plain");
    Map<String, String> variables =
        main.env().stream().collect(Collectors.toMap(EnvVar::name, EnvVar::value));
    assertThat(variables)
        .containsEntry("POD", "plain")
        .containsEntry("CPUS", "1")
        .containsEntry("KUBERNETES_SERVICE_HOST", "api.example.org");
    assertThat(main.mounts().get(1).subPath()).isEqualTo("plain");
  }

  @Test
  void the_volume_of_the_service_account_is_complete() throws Exception {
    ResolvedPod resolved = resolved();
    Volume.Files access = resolved.volumes().get(resolved.volumes().size() - 1);
    assertThat(access.secret()).isTrue();
    assertThat(
            access.files().stream()
                .collect(
                    Collectors.toMap(
                        Volume.File::path,
                        file -> new String(file.content(), StandardCharsets.UTF_8))))
        .containsOnly(
            Map.entry("token", "t0ken"),
            Map.entry("ca.crt", "the certificate"),
            Map.entry("namespace", "team"));
    assertThat(cluster.asked).contains("token - 3607");
  }

  @Test
  void the_pod_stays_as_it_was() throws Exception {
    Pod pod = plain();
    new PodResolver(cluster, Resolving.NODE).resolve(pod);
    assertThat(pod).isEqualTo(plain());
  }

  @Test
  void a_cluster_that_is_away_says_nothing_about_the_pod() {
    ClusterObjects away =
        (ClusterObjects)
            Proxy.newProxyInstance(
                ClusterObjects.class.getClassLoader(),
                new Class<?>[] {ClusterObjects.class},
                (proxy, method, arguments) -> {
                  throw new ClusterUnavailableException("no answer", null);
                });
    assertThatThrownBy(() -> new PodResolver(away, Resolving.NODE).resolve(plain()))
        .isInstanceOf(ClusterUnavailableException.class);
  }

  @Test
  void volumes_are_told_before_variables() {
    Pod pod =
        Resolving.pod(
            "'containers':[{'name':'main','envFrom':[{'secretRef':{'name':'none'}}],"
                + "'volumeMounts':[{'name':'v','mountPath':'/v'}]}],"
                + "'volumes':[{'name':'v','configMap':{'name':'none'}}]");
    assertThat(new Resolving(cluster).waiting(pod).eventReason()).isEqualTo("FailedMount");
  }
}
