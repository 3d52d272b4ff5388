package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.batch.ReportCursor;
import ee.interlink.site.SshShell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures of docs/decisions/0004, beside bare commands over the same kind of session. */
@Tag("testbed")
class SlurmFiguresTestbedIT {
  private static final int ROUNDS = 60;
  private static final int WAITING = 300;
  private Testbed testbed;
  private DriverConnection connection;
  private SshShell alice;
  private final List<JobRef> jobs = new ArrayList<>();

  @BeforeEach
  void enter() throws Exception {
    testbed = new Testbed();
    String[] parked = {"partition", "parked", "queue-interval", "PT0.001S"};
    connection = new SlurmDriver().connect(testbed.settings(parked), Testbed.ALICE);
    alice = testbed.shell();
  }

  @AfterEach
  void leave() throws Exception {
    List<String> scancel = new ArrayList<>(List.of("scancel", "-Q"));
    jobs.forEach(job -> scancel.add(job.job().value()));
    Testbed.run(alice, "scancel", "--state=PENDING", "--name=bare", "--me");
    Testbed.run(alice, scancel.toArray(new String[0]));
    connection.close();
    alice.close();
    testbed.remove();
  }

  @Test
  void calls_cost_little_more_than_the_bare_commands() throws Exception {
    String[] bare = {
      "sbatch",
      "--parsable",
      "-p",
      "parked",
      "--job-name=bare",
      "--output=/dev/null",
      "--mem=200M",
      testbed.directory + "/bare.sh",
    };
    String script = "mkdir -p \"$1\"; printf '#!/bin/bash\\nsleep 1\\n' >\"$1/bare.sh\"";
    Testbed.run(alice, "bash", "-c", script, "bash", testbed.directory);
    long report0 = median("report, no job", () -> connection.report(jobs, ReportCursor.START));
    List<Long> ours = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    // By turns, so that a load from elsewhere falls on both alike.
    for (int i = 0; i < WAITING; i++) {
      JobRequest request = Pods.pod(Pods.freshUid(), Pods.container("main", Testbed.IMAGE, "true"));
      ours.add(micros(() -> jobs.add(new JobRef(request.pod(), connection.submit(request)))));
      if (i < ROUNDS) {
        theirs.add(micros(() -> Testbed.run(alice, bare)));
      }
    }
    median("exec of true", () -> Testbed.run(alice, "true"));
    long submit = tell("submit", ours.subList(0, ROUNDS));
    long sbatch = tell("bare sbatch", theirs);
    tell("submit, with up to " + WAITING + " waiting", ours);
    median(
        "bare squeue",
        () -> Testbed.run(alice, "squeue", "-h", "-a", "--me", "--states=all", "-o", "%i"));
    long report = median("report", () -> connection.report(jobs, ReportCursor.START));
    JobReports reports = connection.report(jobs, ReportCursor.START);
    assertThat(reports.reports().stream().filter(JobReport.Scheduled.class::isInstance))
        .hasSizeGreaterThanOrEqualTo(WAITING);
    assertThat(submit).as("a few processes more, not a multiple").isLessThan(5 * sbatch);
    assertThat(report).as("with %s jobs more", WAITING).isLessThan(5 * report0);
  }

  private static long median(String what, Callable<?> call) throws Exception {
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      taken.add(micros(call));
    }
    return tell(what, taken);
  }

  private static long tell(String what, List<Long> micros) {
    long[] sorted = micros.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    long median = sorted[sorted.length / 2];
    System.out.println(
        what + ": p50 " + median + " us, p95 " + sorted[sorted.length * 95 / 100] + " us");
    return median;
  }

  private static long micros(Callable<?> call) throws Exception {
    long start = System.nanoTime();
    call.call();
    return (System.nanoTime() - start) / 1000;
  }
}
