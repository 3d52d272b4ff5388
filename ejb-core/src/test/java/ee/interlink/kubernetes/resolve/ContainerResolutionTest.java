package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.offload.pod.PodJson;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A container's command, arguments and mounts. */
class ContainerResolutionTest {
  private final Resolving resolving =
      new Resolving(
          new FakeCluster().secret("login", Map.of("user", "alice", "password", "/../s3cret")));

  @Test
  void command_and_arguments_see_all_variables() throws Exception {
    Container main =
        resolving.main(
            "'envFrom':[{'secretRef':{'name':'login'}}],"
                + "'env':[{'name':'A','value':'a'},{'name':'EMPTY'}],"
                + "'command':['run','$(user)','$$(A)','$(EMPTY)'],"
                + "'args':['$(A)/$(KUBERNETES_SERVICE_PORT)','$(NONE)']");
    assertThat(main.getCommand()).containsExactly("run", "alice", "$(A)", "");
    assertThat(main.getArgs()).containsExactly("a/6443", "$(NONE)");
    assertThat(main.getEnvFrom()).isEmpty();
    assertThat(main.getEnv()).allMatch(variable -> variable.getValueFrom() == null);
  }

  @Test
  void init_containers_are_containers() throws Exception {
    Pod pod =
        Resolving.pod(
            "'initContainers':[{'name':'first','env':[{'name':'A','value':'a'}],"
                + "'command':['$(A)']}],'containers':[{'name':'main','command':['$(A)']}]");
    var spec = resolving.resolve(pod).pod().getSpec();
    assertThat(spec.getInitContainers().get(0).getCommand()).containsExactly("a");
    assertThat(spec.getContainers().get(0).getCommand()).containsExactly("$(A)");
  }

  private Pod mounting(String expression) {
    return Resolving.podWith(
        "'envFrom':[{'secretRef':{'name':'login'}}],"
            + "'env':[{'name':'A','value':'a'},{'name':'ROOT','value':'/a'},{'name':'UP',"
            + "'value':'..'},{'name':'EMPTY'}],'volumeMounts':[{'name':'v','mountPath':'/v',"
            + "'readOnly':true,'subPathExpr':'"
            + expression
            + "'}]");
  }

  @ParameterizedTest
  @CsvSource({
    "$(A), a",
    "x/$(A)/$(user), x/a/alice",
    "$$(A), $(A)",
    "$(A)..b, a..b",
    "plain, plain",
  })
  void a_sub_path_is_expanded(String expression, String path) throws Exception {
    var main = resolving.resolve(mounting(expression)).pod().getSpec().getContainers().get(0);
    assertThat(main.getVolumeMounts())
        .singleElement()
        .satisfies(
            mount -> {
              assertThat(mount.getSubPath()).isEqualTo(path);
              assertThat(mount.getSubPathExpr()).isNull();
              assertThat(mount.getMountPath()).isEqualTo("/v");
              assertThat(mount.getReadOnly()).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "$(NONE), missing value for NONE",
    "$(EMPTY), missing value for EMPTY",
    "'$(Z)/$(NONE)/$(A)', 'missing value for NONE, Z'",
    "$(ROOT), error SubPath `$(ROOT)` must not be an absolute path",
    "x/$(UP), unable to provision SubPath `x/$(UP)`: must not contain '..'",
    "x$(password), unable to provision SubPath `x$(password)`: must not contain '..'",
    "$(password), error SubPath `$(password)` must not be an absolute path",
  })
  void a_container_with_a_sub_path_that_is_none_waits(String expression, String message) {
    UnresolvedPodException waiting = resolving.waiting(mounting(expression));
    assertThat(waiting).hasMessage(message).message().doesNotContain("s3cret");
    assertThat(waiting.waitingReason()).isEqualTo("CreateContainerConfigError");
    assertThat(waiting.eventReason()).isEqualTo("Failed");
    assertThat(waiting.container()).contains("main");
  }

  @Test
  void the_pod_itself_is_not_changed_and_nothing_else_of_it_is_lost() throws Exception {
    Pod pod = mounting("$(A)");
    pod.getSpec().setAdditionalProperty("unheard", "of");
    pod.getSpec().getContainers().get(0).setAdditionalProperty("strange", 1);
    pod.getSpec().getContainers().get(0).getVolumeMounts().get(0).setAdditionalProperty("odd", 2);
    String before = PodJson.write(pod);
    Pod resolved = resolving.resolve(pod).pod();
    assertThat(PodJson.write(pod)).isEqualTo(before);
    assertThat(PodJson.write(resolved)).contains("unheard", "strange", "odd");
    assertThat(resolved.getMetadata()).isEqualTo(pod.getMetadata());
  }
}
