package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.Echo;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobState;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.Mount;
import ee.interlink.batch.Pods;
import ee.interlink.batch.RandomPods;
import ee.interlink.batch.RandomPods.Worth;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import ee.interlink.site.jobs.SiteFaultsFixture;
import ee.interlink.site.jobs.SiteTestbed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same as TenThousandPodsTest, all the way: SSH, real Slurm, real Apptainer. */
@Tag("testbed")
class HundredPodsTestbedIT extends SiteFaultsFixture {
  private static final int JOBS = 5;
  private static final int CONTAINERS = 4;
  private static final int PODS = 5;
  private static final int WHOLE = 1 << 20;
  private static final int DIGEST = 64;

  /** A name and a digest in turn: what busybox has tells no end of a name otherwise. */
  private static final String DIGEST_ALL =
      "cd /v/..data && find . -type f -print0"
          + " | xargs -0 -n 1 sh -c 'printf \"%s\\0\" \"$1\"; sha256sum <\"$1\"; printf \"\\0\"' sh";

  private record Carried(JobRef job, List<Echo> echoes, List<Volume.File> files) {}

  @Override
  protected BatchDriver driver() {
    return new SlurmDriver();
  }

  /** Five containers of Apptainer at once. */
  @Override
  protected String[] settings() {
    return new String[] {"default-memory-mib", "600"};
  }

  @Test
  void what_a_hundred_random_pods_say_arrives_byte_for_byte() throws Exception {
    long seed = Long.getLong("pods.seed", System.nanoTime());
    System.out.println("pods.seed=" + seed);
    RandomPods pods = new RandomPods(seed);
    List<Carried> all = new ArrayList<>();
    for (int job = 0; job < JOBS; job++) {
      all.add(submit(pods));
    }
    for (Carried one : all) {
      observer.awaitEnd(one.job());
      assertThat(observer.state(one.job())).as(runnerLog(one)).isEqualTo(JobState.COMPLETED);
      for (Echo echo : one.echoes()) {
        echo.check(said(one.job(), echo.name()));
      }
      assertThat(digests(said(one.job(), "files"))).isEqualTo(Echo.digests(one.files()));
    }
  }

  private String runnerLog(Carried one) throws Exception {
    String file = testbed.directory + "/" + one.job().pod() + "/runner.log";
    return SiteTestbed.run(alice, "tail", "-n", "20", file);
  }

  private Carried submit(RandomPods pods) throws Exception {
    List<Echo> echoes = new ArrayList<>();
    List<Worth> all = new ArrayList<>();
    for (int i = 0; i < CONTAINERS; i++) {
      List<Worth> worths = new ArrayList<>();
      for (int pod = 0; pod < PODS; pod++) {
        // With these a pod is refused; see JobFilesTest.
        worths.add(pods.next(name -> !name.contains("\r\n"), value -> !value.contains("\r\n")));
      }
      echoes.add(new Echo("c" + i, RandomPods.together(worths)));
      all.addAll(worths);
    }
    List<ContainerSpec> containers = new ArrayList<>();
    echoes.forEach(echo -> containers.add(echo.container(SiteTestbed.IMAGE)));
    VolumeName name = new VolumeName("v");
    containers.add(
        Pods.withMounts(
            Pods.container("files", SiteTestbed.IMAGE, DIGEST_ALL),
            List.of(new Mount(name, "/v", "", true))));
    List<Volume.File> files = RandomPods.together(all).files();
    JobRef job =
        run(
            Pods.pod(
                RestartPolicy.NEVER,
                List.of(),
                containers,
                List.of(new Volume.Files(name, files, true))));
    return new Carried(job, echoes, files);
  }

  private byte[] said(JobRef job, String container) throws Exception {
    LogFile log = LogFile.output(new ContainerName(container));
    return connection.log(job, log, new LogRange(0, WHOLE)).content();
  }

  private static Map<String, String> digests(byte[] said) {
    Map<String, String> digests = new TreeMap<>();
    List<String> words = Echo.words(said);
    for (int i = 0; i + 1 < words.size(); i += 2) {
      digests.put(words.get(i).substring(2), words.get(i + 1).substring(0, DIGEST));
    }
    return digests;
  }
}
