package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodNames;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.site.jobs.SiteFaultsFixture;
import ee.interlink.site.jobs.SiteTestbed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real HTCondor makes of what pods ask of it. */
@Tag("testbed")
class HtcondorAnnotationsTestbedIT extends SiteFaultsFixture {
  @Override
  protected BatchDriver driver() {
    return new HtcondorDriver();
  }

  @Override
  protected String[] settings() {
    return new String[] {
      "runtime",
      "none",
      "annotations",
      "requirements, rank, priority, accounting-group, concurrency-limits, project"
    };
  }

  private JobRef run(Resources resources, Map<String, String> asked) throws Exception {
    Map<String, String> annotations = new TreeMap<>();
    asked.forEach((word, value) -> annotations.put(HtcondorAnnotation.PREFIX + word, value));
    return run(
        new JobRequest(
            Pods.freshUid(),
            "physics",
            "asking",
            List.of(),
            List.of(Pods.container("main", "", "sleep 600")),
            RestartPolicy.NEVER,
            List.of(),
            resources,
            Duration.ZERO,
            Optional.empty(),
            Optional.empty(),
            annotations,
            PodNames.OF_THE_MACHINE,
            Optional.empty()));
  }

  /** As they stand in the job's ad: strings in quotes, expressions not evaluated. */
  private String attributes(JobRef job, String... names) throws Exception {
    return SiteTestbed.run(
            alice, "bash", "-c", "condor_q $0 -af:r, " + String.join(" ", names), job.job().value())
        .strip();
  }

  private void awaitIdle(JobRef job) {
    observer.awaitFact(
        fact ->
            fact instanceof JobReport.Scheduled word
                && word.pod().equals(job.pod())
                && word.words().startsWith("idle ("));
  }

  @Test
  void a_job_runs_with_all_that_its_pod_asked_for() throws Exception {
    JobRef job =
        run(
            Resources.SITE_DEFAULTS,
            Map.of(
                "requirements", "regexp(\"[a-z]+\", TARGET.Machine) && (TARGET.Memory > 1)",
                "rank", "TARGET.Memory + 1",
                "priority", "-7",
                "accounting-group", "group_physics.fits",
                "concurrency-limits", "matlab:2,nvme",
                "project", "atlas-7"));
    observer.awaitStart(job, "main");
    assertThat(attributes(job, "JobPrio", "AcctGroup", "ProjectName"))
        .isEqualTo("-7, \"group_physics.fits\", \"atlas-7\"");
    assertThat(attributes(job, "ConcurrencyLimits")).isEqualTo("\"matlab:2,nvme\"");
    assertThat(attributes(job, "Rank")).isEqualTo("(TARGET.Memory + 1)");
    assertThat(attributes(job, "Requirements"))
        .contains("InterlinkRestarts", "regexp(\"[a-z]+\",TARGET.Machine)");
  }

  @Test
  void a_job_whose_pod_requires_what_no_machine_has_waits_and_says_so() throws Exception {
    awaitIdle(
        run(Resources.SITE_DEFAULTS, Map.of("requirements", "TARGET.Machine == \"elsewhere\"")));
  }

  @Test
  void a_job_that_needs_more_disk_than_any_machine_has_waits_and_says_so() throws Exception {
    Resources much =
        new Resources(Optional.empty(), Optional.empty(), Optional.of(new Bytes(1L << 50)), 0);
    JobRef job = run(much, Map.of());
    awaitIdle(job);
    assertThat(attributes(job, "RequestDisk")).isEqualTo(Long.toString(1L << 40));
  }
}
