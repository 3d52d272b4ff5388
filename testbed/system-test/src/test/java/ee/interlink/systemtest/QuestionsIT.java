package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Slurm;
import ee.interlink.testbed.Testbed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What observing costs Slurm does not grow with the number of jobs. As a user of its own, so that
 * nobody else's questions are counted.
 */
@Tag("testbed")
@Order(40)
@Alone
class QuestionsIT {
  private static final String USER = "bob";
  private static final Duration COUNTED = Duration.ofMinutes(1);

  private final Testbed testbed = Testbed.here();
  private final Slurm slurm = testbed.slurm();
  private final Map<String, String> properties = testbed.slurmBackend("slurm", USER, "parked");
  private Server server;
  private int live;

  @BeforeEach
  void start() {
    server = SharedServer.server("questions", properties).start();
  }

  @AfterEach
  void end() {
    server.kill9();
    testbed.as(USER, "scancel", "-u", USER, "--partition=parked").output();
  }

  @Test
  void with_500_live_jobs_slurm_is_asked_as_often_as_with_5() {
    long few = perMinuteWith(5);
    long many = perMinuteWith(500);

    System.out.println("FIGURE slurm-requests-per-minute-with-5-jobs " + few);
    System.out.println("FIGURE slurm-requests-per-minute-with-500-jobs " + many);
    // Each time has one question about the machines in it: they are asked for once a minute.
    assertThat(many).isBetween(few * 8 / 10 - 10, few * 11 / 10 + 10);
  }

  private long perMinuteWith(int jobs) {
    Pods pods = new Pods(testbed.image());
    for (; live < jobs; live++) {
      server.portal().create("slurm", pods.exit(0));
    }
    waitFor(jobs + " jobs in the queue").until(() -> queued() == jobs);
    long before = requests();
    long begin = System.nanoTime();
    await("the time to count in")
        .atMost(COUNTED.plusSeconds(10))
        .until(() -> System.nanoTime() - begin >= COUNTED.toNanos());
    long asked = requests() - before;
    // On a busy machine the counting takes its time too.
    return asked * Duration.ofMinutes(1).toNanos() / (System.nanoTime() - begin);
  }

  private int queued() {
    String[] question = {"squeue", "-h", "-u", USER, "--partition=parked", "-o", "%i"};
    return testbed.as("root", question).lines().size();
  }

  private long requests() {
    return slurm.requests(USER) + slurm.accountingRequests(USER);
  }
}
