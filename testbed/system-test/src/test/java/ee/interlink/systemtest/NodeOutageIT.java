package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.ApiServer;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.Pods;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Either side goes away for a while; no pod suffers and nothing happens twice. */
@Tag("testbed")
@Tag("kubernetes")
@Order(44)
@Alone
class NodeOutageIT {
  private static final Duration OUTAGE = Duration.ofSeconds(30);
  private static final List<String> NAMES = List.of("a", "b", "c");

  private final NodeSite site = NodeSite.in("outage");
  private final ApiServer apiServer = site.kube().apiServer();
  private KubeNamespace namespace;
  private List<String> uids = List.of();

  @BeforeEach
  void runningPods() {
    site.start();
    namespace = site.kube().namespace("outage");
    NAMES.forEach(name -> namespace.apply(site.gated(name)));
    waitFor("all running").until(() -> phases("Running") == NAMES.size());
    uids = namespace.pods().stream().map(Pods::uid).toList();
  }

  @AfterEach
  void end() {
    apiServer.start();
    site.batch().cancelByName(uids);
    if (namespace != null) {
      namespace.close();
    }
    site.close();
  }

  @Test
  void without_the_api_server_for_half_a_minute_all_jobs_go_on_and_their_ends_are_told_later() {
    apiServer.stop();
    site.gate().open(uids.subList(0, 1));
    await("the outage")
        .during(OUTAGE)
        .atMost(OUTAGE.plusSeconds(20))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> uids.subList(1, uids.size()).stream().allMatch(this::live));
    apiServer.start();

    waitFor("the end in the meantime").until(() -> phases("Succeeded") == 1);
    assertThat(phases("Running")).isEqualTo(NAMES.size() - 1);
    finishAll();
  }

  @Test
  void killed_and_started_again_while_the_api_server_is_away_it_finds_all_its_pods() {
    apiServer.stop();
    site.server().kill9();
    site.server().start();
    assertThat(uids).allMatch(this::live);
    apiServer.start();
    site.awaitReady();
    assertThat(phases("Running")).isEqualTo(NAMES.size());
    finishAll();
  }

  @Test
  @Tag("any-scheduler")
  void a_pod_deleted_while_the_server_is_down_loses_its_job_after_the_start() {
    String gone = namespace.uid("a");
    site.server().kill9();
    namespace.kubectl("delete", "pod", "a", "--wait=false").output();
    assertThat(live(gone)).isTrue();

    site.server().start();
    namespace.kubectl("wait", "--for=delete", "pod/a", "--timeout=90s").output();
    assertThat(live(gone)).isFalse();
    assertThat(phases("Running")).isEqualTo(NAMES.size() - 1);
    assertOneJobEach();
  }

  @Test
  @Tag("any-scheduler")
  void a_pod_deleted_by_force_while_the_server_is_down_leaves_no_job_either() {
    String gone = namespace.uid("a");
    site.server().kill9();
    namespace.kubectl("delete", "pod", "a", "--force", "--grace-period=0").output();

    site.server().start();
    waitFor("the end of its job").until(() -> !live(gone));
    assertThat(phases("Running")).isEqualTo(NAMES.size() - 1);
    assertOneJobEach();
  }

  private void finishAll() {
    site.gate().open(uids.stream().filter(this::live).toList());
    waitFor("success of all").until(() -> phases("Succeeded") == NAMES.size());
    assertOneJobEach();
  }

  private void assertOneJobEach() {
    waitFor("one job each in accounting")
        .untilAsserted(
            () ->
                assertThat(site.batch().accounted(uids).stream().map(BatchJob::name))
                    .containsExactlyInAnyOrderElementsOf(uids));
  }

  private boolean live(String uid) {
    return Waits.live(site.batch(), uid);
  }

  private long phases(String phase) {
    return namespace.pods().stream()
        .filter(pod -> pod.at("/status/phase").asText().equals(phase))
        .count();
  }
}
