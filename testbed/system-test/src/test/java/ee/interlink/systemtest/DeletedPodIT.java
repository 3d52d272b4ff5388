package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.systemtest.FrontDoor.Kind;
import ee.interlink.systemtest.SharedServer.Site;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.Gate;
import ee.interlink.testbed.Pods;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How soon a job ends, which is that of the machine beside other tests. */
@Tag("testbed")
@Tag("any-scheduler")
@Tag("no-shared-folder")
@Order(34)
@Alone
@ExtendWith(SharedServer.class)
class DeletedPodIT {
  private static final int LIMIT = 5; // seconds

  @ParameterizedTest
  @EnumSource
  void a_deleted_pod_loses_its_job_within_5_seconds_and_goes_only_then(Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = Gate.pod(site.pods(), 0);
    door.create(pod);
    Waits.running(door, pod);

    double[] lastRunning = {0};
    long begin = System.nanoTime();
    door.delete(pod);
    waitFor("the pod's end")
        .until(
            () -> {
              boolean gone = door.find(pod).isEmpty();
              boolean running =
                  site.batch().queued(Pods.uid(pod)).stream().anyMatch(BatchJob::running);
              double seconds = (System.nanoTime() - begin) / 1e9;
              lastRunning[0] = running ? seconds : lastRunning[0];
              assertThat(running && seconds > LIMIT).as("running after %s s", seconds).isFalse();
              assertThat(gone && Waits.live(site.batch(), Pods.uid(pod)))
                  .as("gone before its job")
                  .isFalse();
              return gone;
            });
    System.out.println("FIGURE deleted-job-runs-seconds " + lastRunning[0]);
    // Accounting hears of an end a little after the queue does.
    waitFor("one job in accounting, and over")
        .untilAsserted(
            () ->
                assertThat(site.batch().accounted(Pods.uid(pod)))
                    .singleElement()
                    .satisfies(job -> assertThat(job.over()).as(job.words()).isTrue()));
  }
}
