package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.systemtest.FrontDoor.Kind;
import ee.interlink.systemtest.SharedServer.Site;
import ee.interlink.testbed.Pods;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same UID is the same pod, and one job. */
@Tag("testbed")
@Tag("any-scheduler")
@Order(3)
@SideBySide
@ExtendWith(SharedServer.class)
class SameUidIT {

  @ParameterizedTest
  @EnumSource
  void handed_in_one_after_another_it_is_one_job(Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = site.pods().exit(0);
    door.create(pod);
    door.create(pod);
    Waits.ended(door, pod);
    door.create(pod);

    assertOneJob(site, pod);
    assertThat(door.find(pod).orElseThrow().phase()).isEqualTo("Succeeded");
  }

  @ParameterizedTest
  @EnumSource
  void handed_in_many_times_at_once_it_is_one_job(Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = site.pods().exit(0);
    CompletableFuture<?>[] posts =
        IntStream.range(0, 6)
            .mapToObj(i -> CompletableFuture.runAsync(() -> door.create(pod)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(posts).join();
    Waits.ended(door, pod);

    assertOneJob(site, pod);
  }

  private static void assertOneJob(Site site, ObjectNode pod) {
    // Accounting hears of a job a little after the queue does.
    waitFor("one job in accounting")
        .untilAsserted(() -> assertThat(site.batch().accounted(Pods.uid(pod))).hasSize(1));
    assertThat(site.batch().queued(Pods.uid(pod)).size()).isLessThanOrEqualTo(1);
  }
}
