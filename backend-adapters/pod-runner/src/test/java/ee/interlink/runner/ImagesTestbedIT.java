package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.batch.PullPolicy;
import ee.interlink.batch.RegistryAuth;
import ee.interlink.batch.RestartPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a container comes to its image, with real Apptainer and a real registry. */
@Tag("testbed")
class ImagesTestbedIT extends ApptainerSite {

  @Test
  void an_image_is_there_before_its_container_starts_and_stays_for_the_next_job() throws Exception {
    run(of(image("busybox"), PullPolicy.IF_NOT_PRESENT));
    assertThat(log()).isEqualTo("ran\n");
    assertThat(told()).contains("image,main,0,0", "started,main,0,0");
    assertThat(images()).hasSize(1);
    run(of(image("busybox"), PullPolicy.NEVER));
    assertThat(log()).as("of the one that is there").isEqualTo("ran\n");
    assertThat(told()).noneMatch(entry -> entry.startsWith("image"));
  }

  @Test
  void of_ten_jobs_at_once_one_pulls() throws Exception {
    List<Process> runners = new ArrayList<>();
    List<JobDirectory> jobs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      write(of(image("busybox"), PullPolicy.IF_NOT_PRESENT));
      runners.add(start());
      jobs.add(directory);
    }
    for (Process runner : runners) {
      assertThat(runner.waitFor()).isZero();
    }
    for (JobDirectory job : jobs) {
      directory = job;
      assertThat(log()).isEqualTo("ran\n");
    }
    assertThat(site("cat '" + backend + "'/images/*.begun")).isEqualTo("1\n");
  }

  @Test
  void who_always_asks_shares_the_file_of_those_that_asked_before() throws Exception {
    run(of(image("busybox"), PullPolicy.ALWAYS));
    List<String> first = images();
    run(of(image("busybox"), PullPolicy.ALWAYS));
    assertThat(log()).isEqualTo("ran\n");
    assertThat(images()).hasSize(1).isEqualTo(first);
    assertThat(site("cat '" + backend + "'/images/*.begun")).isEqualTo("2\n");
  }

  @Test
  void an_image_that_is_not_there_is_told_in_apptainers_words_until_the_pod_is_told_to_end()
      throws Exception {
    assertThat(wordsOf(of(image("no-such"), PullPolicy.IF_NOT_PRESENT), 2))
        .startsWith("While making image from oci registry: ")
        .contains("manifest unknown");
    assertThat(told()).contains("image,main,0,1", "unstarted,main,0,143");
  }

  @Test
  void a_registry_that_does_not_answer_is_told() throws Exception {
    assertThat(wordsOf(of("127.0.0.1:1/library/busybox:1", PullPolicy.ALWAYS), 1))
        .contains("connection refused");
  }

  @Test
  void a_name_that_no_image_can_have_is_told() throws Exception {
    assertThat(wordsOf(of(image("BusyBox"), PullPolicy.IF_NOT_PRESENT), 4))
        .contains("repository name must be lowercase");
    assertThat(wordsOf(of("nosuch://busybox", PullPolicy.IF_NOT_PRESENT), 4))
        .contains("Unsupported transport type");
  }

  @Test
  void an_image_that_may_never_be_pulled_is_waited_for() throws Exception {
    assertThat(wordsOf(of(image("busybox"), PullPolicy.NEVER), 3)).isEmpty();
    assertThat(site("ls '" + backend + "'")).doesNotContain("images");
  }

  @Test
  void a_registry_that_asks_who_one_is_gives_its_image_to_who_has_a_secret_and_to_nobody_else()
      throws Exception {
    String registry = testbed.getProperty("TESTBED_REGISTRY_AUTH");
    String user = testbed.getProperty("TESTBED_REGISTRY_USER");
    String secret = user + ":" + testbed.getProperty("TESTBED_REGISTRY_PASSWORD");
    String encoded = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
    String json = "{\"auths\": {\"" + registry + "\": {\"auth\": \"" + encoded + "\"}}}";
    JobRequest stranger = of(registry + "/library/busybox:latest", PullPolicy.IF_NOT_PRESENT);
    run(Pods.authenticated(stranger, new RegistryAuth(json)));
    assertThat(log()).isEqualTo("ran\n");
    assertThat(site("grep -r -l -F -e '" + encoded + "' '" + backend + "' || true"))
        .as("what is left of the secret after the job's end")
        .isEmpty();
    assertThat(wordsOf(of(registry + "/library/busybox:latest", PullPolicy.IF_NOT_PRESENT), 1))
        .as("though the site has it")
        .contains("authentication required");
  }

  @Test
  void a_file_of_the_site_is_used_where_it_is() throws Exception {
    run(of(testbed.getProperty("TESTBED_IMAGE_SIF"), PullPolicy.ALWAYS));
    assertThat(log()).isEqualTo("ran\n");
    assertThat(site("ls '" + backend + "'")).doesNotContain("images");
  }

  private static JobRequest of(String image, PullPolicy policy) {
    ContainerSpec main = Pods.withPullPolicy(Pods.container("main", image, "echo ran"), policy);
    return Pods.pod(RestartPolicy.NEVER, List.of(), List.of(main), List.of());
  }

  private void run(JobRequest request) throws Exception {
    write(request);
    assertThat(start().waitFor()).isZero();
  }

  /** Those of the wait for an image, once it is this one; then the pod is told to end. */
  private String wordsOf(JobRequest request, int state) throws Exception {
    write(request);
    Process runner = start();
    await().atMost(PATIENCE).until(() -> told().contains("image,main,0," + state));
    String words = site("sed 1d '" + directory.state() + "/main.image'").strip();
    site("read -r pid _ <'" + directory.claim() + "'; kill -TERM $pid");
    runner.waitFor();
    assertThat(code()).isEqualTo(143);
    return words;
  }

  /** What the spool has of this job, without its times. */
  private List<String> told() throws IOException {
    String uid = directory.pod() + ",";
    return site("ls '" + backend + "/spool'")
        .lines()
        .filter(name -> name.startsWith(uid))
        .map(name -> name.substring(uid.length(), name.lastIndexOf(',')))
        .toList();
  }

  /** With the numbers of the files, by which one sees whether they are the same. */
  private List<String> images() throws IOException {
    return site("ls -i '" + backend + "/images'").lines().filter(l -> l.endsWith(".sif")).toList();
  }
}
