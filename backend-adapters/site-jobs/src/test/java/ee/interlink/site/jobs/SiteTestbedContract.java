package ee.interlink.site.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriverContract;
import ee.interlink.batch.ImageState;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.Mount;
import ee.interlink.batch.Pods;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract with a real scheduler, in containers; over SSH, unless a test has settings of its
 * own. The tests mostly wait, so some run beside each other; each has a backend of its own.
 */
@Tag("testbed")
@Execution(ExecutionMode.CONCURRENT)
public abstract class SiteTestbedContract extends BatchDriverContract {
  protected final SiteTestbed testbed = new SiteTestbed();
  private final String own = "it-" + UUID.randomUUID().toString().substring(0, 8);

  /** Behind the contract's own clearing away, which needs the folder. */
  @RegisterExtension final AfterEachCallback remove = context -> testbed.remove();

  @Override
  protected BackendSettings settings() {
    return ofItsOwn(testbed.settings(driver()));
  }

  /** The same under a name that no other test's jobs bear. */
  protected final BackendSettings ofItsOwn(BackendSettings settings) {
    return new BackendSettings(new BackendName(own), settings.driver(), settings.values());
  }

  private JobRequest mounting(String path) {
    VolumeName name = new VolumeName("machine");
    return Pods.pod(
        RestartPolicy.NEVER,
        List.of(),
        List.of(
            Pods.withMounts(
                Pods.container("main", image(), "ls /in"),
                List.of(new Mount(name, "/in", "", true)))),
        List.of(new Volume.HostPath(name, path, Volume.HostPathType.DIRECTORY)));
  }

  @Test
  void a_listed_host_path_is_the_machines_own() throws Exception {
    JobRef job = submit(mounting(SiteTestbed.IMAGES));
    observer.awaitEnd(job);
    assertThat(log(job, "main")).contains("busybox.sif\n");
  }

  @Test
  void a_host_path_that_is_not_listed_is_refused_at_the_door() {
    assertThatThrownBy(() -> driver().check(settings(), mounting("/etc")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("spec.volumes[0].hostPath.path is not below ");
  }

  @Test
  void an_image_that_cannot_be_had_is_told_in_the_runtimes_words_and_the_job_waits_on()
      throws Exception {
    JobRef job = submit(Pods.container("main", "127.0.0.1:1/nobody:1", "true"));
    observer.awaitFact(
        fact ->
            fact instanceof JobReport.ContainerImage wait
                && wait.pod().equals(job.pod())
                && wait.state() == ImageState.BACKING_OFF
                && wait.message().contains("connection refused"));
    assertThat(observer.facts(job, JobReport.ContainerStarted.class)).isEmpty();
    observer.awaitFact(
        fact ->
            fact instanceof JobReport.Scheduled word
                && word.pod().equals(job.pod())
                && word.state() == JobState.RUNNING);
  }

  @Override
  protected AccountName account() {
    return SiteTestbed.ALICE;
  }

  @Override
  protected String image() {
    return SiteTestbed.IMAGE;
  }
}
