package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Submit;
import ee.interlink.site.jobs.SiteFaultsFixture;
import ee.interlink.site.jobs.SiteTestbed;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real Slurm makes of what pods ask of it. */
@Tag("testbed")
class SlurmAnnotationsTestbedIT extends SiteFaultsFixture {
  @Override
  protected BatchDriver driver() {
    return new SlurmDriver();
  }

  @Override
  protected String[] settings() {
    return new String[] {
      "runtime",
      "none",
      "annotations",
      "partition, gres, time, nice, exclusive, mail-type, licenses"
    };
  }

  private static JobRequest pod(Map<String, String> asked) {
    Map<String, String> annotations = new TreeMap<>();
    asked.forEach((word, value) -> annotations.put(SlurmAnnotation.PREFIX + word, value));
    return Pods.annotated(
        Pods.pod(Pods.freshUid(), Pods.container("main", "", "sleep 600")), "physics", annotations);
  }

  @Test
  void a_job_runs_with_all_that_its_pod_asked_for() throws Exception {
    JobRef job =
        run(
            pod(
                Map.of(
                    "partition", "gpu",
                    "gres", "gpu:a100:1",
                    "time", "0:01:30",
                    "nice", "5",
                    "exclusive", "false",
                    "mail-type", "NONE")));
    observer.awaitStart(job, "main");
    assertThat(SiteTestbed.run(alice, "scontrol", "show", "job", job.job().value()))
        .contains("TimeLimit=00:02:00", "Nice=5", "gpu:a100", "Partition=gpu");
  }

  @Test
  void a_licence_that_the_site_does_not_have_is_refused_in_slurms_words() {
    assertThatThrownBy(() -> Submit.one(connection, pod(Map.of("licenses", "matlab:2"))))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageContaining("Invalid license");
  }
}
