package ee.interlink.incontainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.backends.BackendGateway;
import ee.interlink.backends.BackendHealth;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchConnection;
import ee.interlink.batch.BatchConnectionFactory;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What only a container can show: timers, pools and guards as the server really wires them. */
@ArquillianTest
class PodInContainerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Pods pods;
  @Inject Configuration configuration;
  @Inject BackendGateway gateway;
  @Inject BackendHealth health;

  @Resource(lookup = "java:app/eis/batch")
  BatchConnectionFactory connections;

  @Deployment
  static WebArchive application() throws Exception {
    writeKey(Path.of("target", "away.key"));
    return ShrinkWrap.createFromZipFile(
            WebArchive.class, new File(System.getProperty("interlink.war")))
        .addClass(PodInContainerIT.class)
        .addPackages(true, "org.assertj", "org.awaitility", "org.hamcrest", "net.bytebuddy");
  }

  /** Before a driver connects it reads its key, and one without a key is refused, not away. */
  private static void writeKey(Path file) throws IOException, GeneralSecurityException {
    byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
  }

  @Test
  void a_pod_goes_its_whole_way_under_the_containers_timers() throws Exception {
    PodUid uid = accept("exit 3");
    await().atMost(PATIENCE).until(() -> phase(uid).equals("Failed"));
    assertThat(exitCode(uid)).isEqualTo(3);
  }

  @Test
  void a_deleted_pod_is_gone_once_its_job_has_ended() throws Exception {
    PodUid uid = accept("sleep 600");
    await().atMost(PATIENCE).until(() -> phase(uid).equals("Running"));
    pods.delete(uid, Optional.of(Duration.ofSeconds(1)));
    await().atMost(PATIENCE).until(() -> pods.find(uid).isEmpty());
  }

  @Test
  void the_open_circuit_of_one_backend_leaves_the_way_to_another_open() throws Exception {
    Backend away = backend("away");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThatThrownBy(
                        () -> gateway.once(away, away.account(), BatchConnection::capacity))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("given a rest"));
    Backend here = backend("here");
    Capacity capacity = gateway.once(here, here.account(), BatchConnection::capacity);
    assertThat(capacity.total().cpus()).isPositive();
  }

  @Test
  void a_backend_that_is_out_is_said_to_be_out_and_why() {
    await().atMost(PATIENCE).until(() -> health.of(new BackendName("here")).healthy());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              BackendHealth.Health away = health.of(new BackendName("away"));
              assertThat(away.healthy()).isFalse();
              assertThat(away.reason()).isNotEmpty().doesNotContain("not asked yet");
            });
  }

  @Test
  void connections_are_pooled_and_their_maximum_is_enforced() throws Exception {
    Backend here = backend("here");
    List<BatchConnection> taken = new ArrayList<>();
    try {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  taken.add(connections.getConnection(here.settings(), here.account()));
                }
              })
          .isInstanceOf(BackendUnavailableException.class);
      assertThat(taken).hasSizeBetween(32, 200);
    } finally {
      taken.forEach(BatchConnection::close);
    }
    connections.getConnection(here.settings(), here.account()).close();
  }

  private PodUid accept(String script) throws Exception {
    String uid = UUID.randomUUID().toString();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("in-container")
            .withNamespace("default")
            .withUid(uid)
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("main")
            .withImage("busybox")
            .withCommand("sh", "-c", script)
            .endContainer()
            .endSpec()
            .build();
    assertThat(pods.accept(new ResolvedPod(pod, List.of()), Optional.of("here"), Door.PORTAL))
        .isPresent();
    return new PodUid(uid);
  }

  private Backend backend(String name) {
    return configuration.backends().get(new BackendName(name));
  }

  private String phase(PodUid uid) {
    return pods.find(uid).orElseThrow().getStatus().getPhase();
  }

  private int exitCode(PodUid uid) {
    return pods.find(uid)
        .orElseThrow()
        .getStatus()
        .getContainerStatuses()
        .get(0)
        .getState()
        .getTerminated()
        .getExitCode();
  }
}
