package ee.interlink.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.systemtest.FrontDoor.Kind;
import ee.interlink.systemtest.SharedServer.Site;
import ee.interlink.testbed.Gate;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Testbed;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that somebody cancels in the batch system itself never becomes a success. */
@Tag("testbed")
@Tag("any-scheduler")
@Order(2)
@SideBySide
@ExtendWith(SharedServer.class)
class CancelledByHandIT {

  @ParameterizedTest
  @EnumSource
  void a_running_job_cancelled_by_hand_is_failed(Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = Gate.pod(site.pods(), 0);
    door.create(pod);
    Waits.running(door, pod);

    site.batch().cancelByName(Pods.uid(pod));

    assertThat(Waits.ended(door, pod).phase()).isEqualTo("Failed");
  }

  @ParameterizedTest
  @EnumSource
  void a_container_that_answers_term_with_exit_0_is_failed_all_the_same(Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = site.pods().shell("trap 'exit 0' TERM; while :; do sleep 1; done");
    door.create(pod);
    Waits.running(door, pod);

    site.batch().cancelByName(Pods.uid(pod));

    assertThat(Waits.ended(door, pod).phase()).isEqualTo("Failed");
  }

  @Test
  void a_pending_job_cancelled_by_hand_is_failed(Site site) {
    ObjectNode pod = site.pods().exit(0);
    String uid = site.server().portal().create(Testbed.PARKED, pod);
    Waits.queued(site.batch(), Set.of(uid), 1);
    for (Kind kind : Kind.values()) {
      assertThat(kind.of(site.server()).find(pod).orElseThrow().phase()).isEqualTo("Pending");
    }

    site.batch().cancelByName(uid);

    for (Kind kind : Kind.values()) {
      assertThat(Waits.ended(kind.of(site.server()), pod).phase()).isEqualTo("Failed");
    }
  }
}
