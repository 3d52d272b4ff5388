package ee.interlink.site.jobs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pods may have of the machines. */
class HostPathsTest {
  private static HostPaths allowing(String value) throws InvalidSettingException {
    Map<String, String> values = value.isEmpty() ? Map.of() : Map.of("host-paths", value);
    SettingReader reader =
        new SettingReader(new BackendSettings(new BackendName("b"), "slurm", values));
    HostPaths paths = HostPaths.read(reader);
    reader.end();
    return paths;
  }

  private static JobRequest pod(String path) {
    return Pods.pod(
        RestartPolicy.NEVER,
        List.of(),
        List.of(Pods.container("main", "busybox", "true")),
        List.of(
            new Volume.EmptyDir(new VolumeName("e")),
            new Volume.HostPath(new VolumeName("h"), path, Volume.HostPathType.ANY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data", "/data/", "/data/set/1", "/scratch/alice", "//data/./set"})
  void what_is_listed_and_all_that_is_in_it_is_allowed(String path) throws Exception {
    HostPaths paths = allowing("/data,/scratch/");
    assertThatCode(() -> paths.check(pod(path))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/database", "/dat", "/etc/data"})
  void anything_else_is_refused_by_its_field(String path) throws Exception {
    HostPaths paths = allowing("/data,/scratch/");
    assertThatThrownBy(() -> paths.check(pod(path)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("spec.volumes[1].hostPath.path is not below ")
        .hasMessageEndingWith("(host-paths): [/data, /scratch], but " + path);
  }

  @Test
  void without_a_list_nothing_is_allowed() throws Exception {
    HostPaths paths = allowing("");
    assertThatThrownBy(() -> paths.check(pod("/data")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageEndingWith("nothing, but /data");
  }

  @Test
  void a_list_of_all_allows_all() throws Exception {
    HostPaths paths = allowing("/");
    assertThatCode(() -> paths.check(pod("/etc"))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "/data,scratch", "/data, /scratch"})
  void a_list_of_something_else_is_named_with_its_key(String value) {
    assertThatThrownBy(() -> allowing(value))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("interlink.backends.b.host-paths");
  }
}
