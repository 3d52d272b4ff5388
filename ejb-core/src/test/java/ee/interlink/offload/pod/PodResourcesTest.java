package ee.interlink.offload.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodResourcesTest {

  @Test
  void a_pod_that_names_nothing_leaves_it_to_the_site() throws Exception {
    assertThat(Manifest.ordinary().request().resources()).isEqualTo(Resources.SITE_DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({
    "500m, 500",
    "2, 2000",
    "1.5, 1500",
    "0.0001, 1",
    "1e3, 1000000",
    "1001u, 2",
    "0, 0",
  })
  void cpus_are_thousandths_rounded_up(String quantity, long millis) throws Exception {
    assertThat(limits("cpu", quantity).cpuMillis()).contains(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "2Gi, 2147483648",
    "1G, 1000000000",
    "1e3, 1000",
    "128Mi, 134217728",
    "1.5Ki, 1536",
    "100m, 1",
    "0, 0",
  })
  void memory_and_ephemeral_storage_are_bytes_rounded_up(String quantity, long bytes)
      throws Exception {
    assertThat(limits("memory", quantity).memory()).contains(new Bytes(bytes));
    assertThat(limits("ephemeral-storage", quantity).disk()).contains(new Bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "0, 0", "500m, 1"})
  void part_of_a_gpu_is_a_gpu(String quantity, int gpus) throws Exception {
    assertThat(limits("nvidia.com/gpu", quantity).gpus()).isEqualTo(gpus);
  }

  @ParameterizedTest
  @CsvSource({
    "cpu, abc",
    "cpu, -1",
    "cpu, 1e30",
    "memory, 2Gb",
    "memory, -1Gi",
    "memory, 99999Pi",
    "memory, 1e300",
    "ephemeral-storage, 99999Pi",
    "nvidia.com/gpu, -1",
    "nvidia.com/gpu, 5G",
  })
  void what_is_no_sensible_quantity_is_refused_by_its_container_and_name(
      String resource, String quantity) {
    assertThatThrownBy(() -> limits(resource, quantity))
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("main")
        .hasMessageContaining(resource);
  }

  @Test
  void containers_that_run_together_add_up() throws Exception {
    Manifest manifest =
        container("250m", "1Gi").with("/spec/containers/-", second("500m", "512Mi"));
    assertThat(manifest.request().resources().cpuMillis()).contains(750L);
    assertThat(manifest.request().resources().memory()).contains(Bytes.ofMebibytes(1536));
  }

  @Test
  void the_hungriest_init_container_counts_alone() throws Exception {
    Manifest manifest =
        container("1", "1Gi")
            .with("/spec/initContainers/-", second("4", "1Mi"))
            .with("/spec/initContainers/-", second("3", "2Mi").replace("\"second\"", "\"third\""));
    assertThat(manifest.request().resources().cpuMillis()).contains(4000L);
    assertThat(manifest.request().resources().memory()).contains(Bytes.ofMebibytes(1024));
  }

  @Test
  void limits_count_before_requests() throws Exception {
    Manifest both =
        Manifest.ordinary()
            .with(
                "/spec/containers/0/resources",
                "{\"limits\": {\"cpu\": \"2\"},"
                    + " \"requests\": {\"cpu\": \"1\", \"memory\": \"1Mi\"}}");
    assertThat(both.request().resources().cpuMillis()).contains(2000L);
    assertThat(both.request().resources().memory()).contains(Bytes.ofMebibytes(1));
  }

  private static Resources limits(String resource, String quantity) throws RefusedPodException {
    return Manifest.ordinary()
        .with(
            "/spec/containers/0/resources",
            "{\"limits\": {\"" + resource + "\": \"" + quantity + "\"}}")
        .request()
        .resources();
  }

  private static Manifest container(String cpu, String memory) {
    return Manifest.ordinary().with("/spec/containers/0/resources", amounts(cpu, memory));
  }

  private static String second(String cpu, String memory) {
    return "{\"name\": \"second\", \"resources\": " + amounts(cpu, memory) + "}";
  }

  private static String amounts(String cpu, String memory) {
    return "{\"limits\": {\"cpu\": \"" + cpu + "\", \"memory\": \"" + memory + "\"}}";
  }
}
