package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.Echo;
import ee.interlink.batch.Pods;
import ee.interlink.batch.RandomPods;
import ee.interlink.batch.RandomPods.Worth;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Through the real script and back, and the same digests on both sides. Many pods share a job and a
 * container, which makes them no easier to carry, only cheaper to start.
 */
class TenThousandPodsTest {
  private static final int JOBS = 10;
  private static final int CONTAINERS = 10;
  private static final int PODS = 100;
  private static final String DIGEST_ALL =
      "cd ../../volumes/v/..data && find . -type f -print0 | xargs -0 sha256sum -z --";
  private static final Set<String> OF_THE_ACCOUNT = Set.of("PATH", "HOME", "HOSTNAME");

  @TempDir Path backend;

  @Test
  void what_ten_thousand_random_pods_say_arrives_byte_for_byte() throws Exception {
    long seed = Long.getLong("pods.seed", System.nanoTime());
    System.out.println("pods.seed=" + seed);
    RandomPods pods = new RandomPods(seed);
    for (int job = 0; job < JOBS; job++) {
      carry(pods);
    }
  }

  private void carry(RandomPods pods) throws Exception {
    List<Echo> echoes = new ArrayList<>();
    List<Worth> all = new ArrayList<>();
    for (int i = 0; i < CONTAINERS; i++) {
      List<Worth> worths = new ArrayList<>();
      for (int pod = 0; pod < PODS; pod++) {
        // The linker would speak up, in the container's own output.
        worths.add(pods.next(name -> !name.startsWith("LD_"), value -> true));
      }
      echoes.add(new Echo("c" + i, RandomPods.together(worths)));
      all.addAll(worths);
    }
    List<ContainerSpec> containers = new ArrayList<>();
    echoes.forEach(echo -> containers.add(echo.container("")));
    containers.add(Pods.container("files", "", DIGEST_ALL));
    List<Volume.File> files = RandomPods.together(all).files();
    RunnerBench bench =
        new RunnerBench(
            backend,
            Pods.pod(
                RestartPolicy.NEVER,
                List.of(),
                containers,
                List.of(new Volume.Files(new VolumeName("v"), files, true))));
    assertThat(bench.run()).isZero();
    for (Echo echo : echoes) {
      byte[] said = bench.logBytes(echo.name());
      echo.check(said);
      assertThat(echo.names(said))
          .as("of nobody but the pod and the account")
          .isSubsetOf(echo.namesBeside(OF_THE_ACCOUNT));
    }
    assertThat(digests(bench.logBytes("files"))).isEqualTo(Echo.digests(files));
  }

  /** From {@code DIGEST ./NAME}. */
  private static Map<String, String> digests(byte[] said) {
    Map<String, String> digests = new TreeMap<>();
    for (String line : Echo.words(said)) {
      String[] parts = line.split(" {2}\\./", 2);
      assertThat(parts).as(new String(said, UTF_8)).hasSize(2);
      digests.put(parts[1], parts[0]);
    }
    return digests;
  }
}
