package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Observer;
import ee.interlink.batch.Pods;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Submit;
import ee.interlink.site.jobs.SiteFaultsFixture;
import ee.interlink.site.jobs.SiteTestbed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      "partition, gres, time, nice, exclusive, mail-type, licenses, ntasks, cpus-per-task,"
          + " mem-per-cpu, requeue, dependency, comment"
    };
  }

  /** The same way, or that by slurmrestd. */
  private DriverConnection by(boolean rest) throws Exception {
    List<String> settings = new ArrayList<>(List.of(settings()));
    if (rest) {
      settings.addAll(List.of(testbed.slurmrestd()));
    }
    return connect(settings.toArray(String[]::new));
  }

  private static JobRequest pod(Map<String, String> asked) {
    return pod(RestartPolicy.NEVER, asked);
  }

  private static JobRequest pod(RestartPolicy policy, Map<String, String> asked) {
    Map<String, String> annotations = new TreeMap<>();
    asked.forEach((word, value) -> annotations.put(SlurmAnnotation.PREFIX + word, value));
    List<ContainerSpec> main = List.of(Pods.container("main", "", "sleep 600"));
    return Pods.annotated(Pods.pod(policy, List.of(), main, List.of()), "physics", annotations);
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_job_waits_for_the_one_that_its_pod_names_and_has_its_comment(boolean rest)
      throws Exception {
    JobRef first = run(pod(Map.of()));
    JobRequest pod =
        pod(
            RestartPolicy.ALWAYS,
            Map.of(
                "dependency", "afterany:" + first.job() + "?afterok:" + first.job(),
                "requeue", "false",
                "comment", "run 7 of {a & b}; 50%"));
    try (DriverConnection way = by(rest)) {
      JobRef job = submitted(pod, Submit.one(way, pod));
      Observer own = new Observer(way, PATIENCE);
      own.watch(job);
      own.awaitFact(
          fact ->
              fact instanceof JobReport.Scheduled word
                  && word.pod().equals(job.pod())
                  && word.words().equals("PENDING (Dependency)"));
      assertThat(SiteTestbed.run(alice, "scontrol", "show", "job", job.job().value()))
          .contains("Dependency=afterany:" + first.job() + "(unfulfilled)?afterok:" + first.job())
          .contains("Requeue=0", ",\"comment\":\"run 7 of {a & b}; 50%\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_job_that_waits_for_one_that_is_not_there_is_refused_in_slurms_words(boolean rest)
      throws Exception {
    JobRequest pod = pod(Map.of("dependency", "afterok:999999999"));
    try (DriverConnection way = by(rest)) {
      assertThatThrownBy(() -> Submit.one(way, pod))
          .isInstanceOf(JobRejectedException.class)
          .hasMessageContaining("Job dependency problem");
    }
  }

  @Test
  void a_job_runs_with_the_flags_of_its_pod_and_under_its_own_name() throws Exception {
    JobRequest pod =
        Pods.annotated(
            Pods.pod(Pods.freshUid(), Pods.container("main", "", "sleep 600")),
            "physics",
            Map.of(
                "slurm-job.vk.io/flags",
                "--job-name=test-pod-cfg -p gpu --gpus-per-node=a100:1 -t '0:01:30' --ntasks=2"
                    + " --nodes=1 -c1 --mem-per-cpu=60M --nice=5 --mail-type NONE"));
    JobRef job = run(pod);
    observer.awaitStart(job, "main");
    assertThat(SiteTestbed.run(alice, "scontrol", "show", "job", job.job().value()))
        .contains(
            "JobName=" + pod.pod(),
            "TimeLimit=00:02:00",
            "Nice=5",
            "gpu:a100",
            "Partition=gpu",
            "NumTasks=2",
            "CPUs/Task=1",
            "MinMemoryCPU=60M")
        .doesNotContain("test-pod-cfg");
  }

  @Test
  void an_image_lies_below_the_root_that_its_pod_names() throws Exception {
    String root = SiteTestbed.IMAGE.substring(0, SiteTestbed.IMAGE.lastIndexOf('/') + 1);
    String image = SiteTestbed.IMAGE.substring(root.length());
    JobRequest pod =
        Pods.annotated(
            Pods.pod(Pods.freshUid(), Pods.container("main", image, "echo from $0; sleep 600")),
            "physics",
            Map.of("slurm-job.vk.io/image-root", root));
    try (DriverConnection containers = connect("runtime", "apptainer")) {
      JobRef job = submitted(pod, Submit.one(containers, pod));
      observer.awaitStart(job, "main");
      Awaitility.await().atMost(PATIENCE).until(() -> log(job).startsWith("from "));
    }
  }

  /** Our letters and words are sbatch's own, and whatever else it has is refused by name. */
  @Test
  void all_options_of_this_sbatch_are_honoured_or_refused() throws Exception {
    Matcher option =
        Pattern.compile("(?m)^ +(?:-([A-Za-z])[ ,=]|)[^\\n-]*--([a-z-]+)")
            .matcher(SiteTestbed.run(alice, "sbatch", "--help"));
    Set<String> seen = new TreeSet<>();
    while (option.find()) {
      String word = option.group(2);
      Optional<SbatchFlag> flag =
          Arrays.stream(SbatchFlag.values()).filter(known -> known.word().equals(word)).findAny();
      if (flag.isPresent()) {
        seen.add(word);
        assertThat(flag.get().letter()).as(word).isEqualTo(Optional.ofNullable(option.group(1)));
      } else {
        assertThatThrownBy(() -> SbatchFlags.read("--" + word))
            .hasMessageStartingWith("has --" + word + ", which is not for pods to set");
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(SbatchFlag.values()).map(SbatchFlag::word).toList());
  }

  @Test
  void a_licence_that_the_site_does_not_have_is_refused_in_slurms_words() {
    assertThatThrownBy(() -> Submit.one(connection, pod(Map.of("licenses", "matlab:2"))))
        .isInstanceOf(JobRejectedException.class)
        .hasMessageContaining("Invalid license");
  }
}
