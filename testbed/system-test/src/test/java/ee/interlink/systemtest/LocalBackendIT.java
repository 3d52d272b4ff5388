package ee.interlink.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The embedded default: the jar alone, jobs as processes of this machine. */
@Order(0)
@InTurn
class LocalBackendIT {
  private static final Path HOME = SharedServer.home("local");
  private static final Pods PODS = new Pods("busybox");
  private static Server server;

  @BeforeAll
  static void start() {
    server =
        Server.in(
                HOME,
                Map.of(
                    "interlink.backends.local.driver", "local",
                    "interlink.backends.local.directory", HOME.resolve("jobs").toString(),
                    "interlink.backends.local.runtime", "none"),
                "-XX:TieredStopAtLevel=1")
            .start();
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void hello_is_in_the_log_and_the_pod_has_succeeded() {
    String uid = server.portal().create("local", PODS.shell("echo hello"));

    assertThat(ended(uid).phase()).isEqualTo("Succeeded");
    assertThat(server.portal().log(uid, Pods.MAIN).expect(200).text()).isEqualTo("hello\n");
  }

  @Test
  void the_exit_code_is_the_containers_own() {
    PodState end = ended(server.portal().create("local", PODS.exit(3)));

    assertThat(end.phase()).isEqualTo("Failed");
    assertThat(end.exitCode()).hasValue(3);
  }

  @Test
  void a_deleted_pod_ends_with_its_processes() {
    ObjectNode pod = PODS.shell("sleep 987654 & echo $!; wait");
    String uid = server.portal().create("local", pod);
    Waits.waitFor("its word").until(() -> !server.portal().log(uid, Pods.MAIN).text().isEmpty());
    long pid = Long.parseLong(server.portal().log(uid, Pods.MAIN).text().strip());
    assertThat(ProcessHandle.of(pid)).isPresent();

    server.portal().delete(uid).expect(202);

    Waits.waitFor("the pod's end").until(() -> server.portal().get(uid).status() == 404);
    Waits.waitFor("its process's end").until(() -> ProcessHandle.of(pid).isEmpty());
  }

  private static PodState ended(String uid) {
    return Waits.waitFor("its end")
        .until(() -> PodState.ofPod(server.portal().pod(uid)), PodState::ended);
  }
}
