package ee.interlink.slurm;

import static ee.interlink.slurm.SlurmPods.backend;
import static ee.interlink.slurm.SlurmPods.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written for the published interLink: flags first. */
class PublishedSlurmTest {
  private static final String FLAGS = "slurm-job.vk.io/flags";
  private static final String AT_FLAGS = "metadata.annotations[slurm-job.vk.io/flags] ";

  /** Annotations: a name, a value, and so on. */
  private static JobRequest pod(Resources resources, String... annotations) {
    return SlurmPods.pod(
        RestartPolicy.NEVER, resources, Optional.empty(), SlurmPods.pairs(annotations));
  }

  private static JobRequest pod(String... annotations) {
    return pod(Resources.SITE_DEFAULTS, annotations);
  }

  /** One whose job may run again. */
  private static JobRequest lasting(String... annotations) {
    return SlurmPods.pod(
        RestartPolicy.ALWAYS,
        Resources.SITE_DEFAULTS,
        Optional.empty(),
        SlurmPods.pairs(annotations));
  }

  private static List<String> plain() throws Exception {
    return options(backend(), pod());
  }

  private static List<String> flagged(String flags) throws Exception {
    return options(backend(), pod(FLAGS, flags));
  }

  private static void assertRefused(BackendSettings backend, JobRequest pod, String message) {
    assertThatThrownBy(() -> new SlurmDriver().check(backend, pod))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> SbatchOptions.of(pod, SlurmSettings.read(backend)))
        .isInstanceOf(InvalidRequestException.class);
  }

  private static void assertRefused(String flags, String message) {
    assertRefused(backend(), pod(FLAGS, flags), AT_FLAGS + message);
  }

  /** Word, letter if it has one, a value, and what becomes of it. */
  private static final String[][] TABLE = {
    {"account", "A", "phys", "--account=phys"},
    {
      "comment",
      "",
      "run-7",
      "--comment={\"interlink\":\"hpc\",\"namespace\":\"physics\",\"pod\":\"pod\","
          + "\"comment\":\"run-7\"}"
    },
    {"constraint", "C", "[rack1|rack2]&gpu", "--constraint=[rack1|rack2]&gpu"},
    {"cpus-per-task", "c", "4", "--cpus-per-task=4"},
    {"dependency", "d", "afterok:1?after:2", "--dependency=afterok:1?after:2"},
    {"exclusive", "", null, "--exclusive"},
    {"gpus", "G", "a100:2,v100:1", "--gres=gpu:a100:2,gpu:v100:1"},
    {"gpus-per-node", "", "2", "--gres=gpu:2"},
    {"gres", "", "gpu:1,nvme", "--gres=gpu:1,nvme"},
    {"job-name", "J", "mine", null},
    {"licenses", "L", "matlab@flex:2", "--licenses=matlab@flex:2"},
    {"mail-type", "", "END,FAIL", "--mail-type=END,FAIL"},
    {"mail-user", "", "a@example.org", "--mail-user=a@example.org"},
    {"mem", "", "16G", "--mem=16384M"},
    {"mem-per-cpu", "", "2000", "--mem-per-cpu=2000M"},
    {"nice", "", "7", "--nice=7"},
    {"nodes", "N", "1", null},
    {"no-requeue", "", null, "--no-requeue"},
    {"ntasks", "n", "8", "--ntasks=8"},
    {"ntasks-per-node", "", "8", "--ntasks=8"},
    {"partition", "p", "gpu,long", "--partition=gpu,long"},
    {"qos", "q", "high", "--qos=high"},
    {"requeue", "", null, "--requeue"},
    {"reservation", "", "maint", "--reservation=maint"},
    {"time", "t", "1-00:00:01", "--time=1441"},
  };

  @Test
  void each_flag_asks_for_what_it_asks_sbatch_for_in_each_way_to_write_it() throws Exception {
    for (String[] row : TABLE) {
      String word = "--" + row[0];
      String letter = "-" + row[1];
      List<String> ways = new ArrayList<>();
      if (row[2] == null) {
        ways.add(word);
      } else {
        String quoted = "'" + row[2] + "'";
        ways.addAll(List.of(word + "=" + row[2], word + " " + row[2], word + "=" + quoted));
        ways.add(" " + word + " \\\n\t" + quoted + "\n");
        if (!row[1].isEmpty()) {
          ways.addAll(
              List.of(letter + row[2], letter + " " + row[2], letter + "\"" + row[2] + "\""));
        }
      }
      List<String> expected = options(backend(), lasting());
      if (row[3] != null) {
        expected.removeIf(option -> name(option).equals(name(row[3])));
        expected.add(row[3]);
      }
      for (String way : ways) {
        assertThat(options(backend(), lasting(FLAGS, way)))
            .as(way)
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  /** Of an option; one and its opposite have the same. */
  private static String name(String option) {
    return option.split("=", 2)[0].replace("--no-", "--");
  }

  @Test
  void the_table_has_all_flags() {
    assertThat(Arrays.stream(TABLE).map(row -> row[0] + " " + row[1]))
        .containsExactlyElementsOf(
            Arrays.stream(SbatchFlag.values())
                .map(flag -> flag.word() + " " + flag.letter().orElse(""))
                .toList());
  }

  @Test
  void flags_as_people_have_them_are_understood() throws Exception {
    assertThat(flagged("--job-name=test-pod-cfg -t 2800  --ntasks=8 --nodes=1 --mem-per-cpu=2000"))
        .contains(
            "--job-name=uid-1", "--time=2800", "--ntasks=8", "--nodes=1", "--mem-per-cpu=2000M")
        .noneMatch(option -> option.contains("test-pod-cfg"));
    assertThat(
            flagged(
                "-p gpu --gres=gpu:1 --gpus-per-node=1 --ntasks-per-node=1 --nodes=1"
                    + " --time=00:10:00"))
        .contains("--partition=gpu", "--gres=gpu:1", "--ntasks=1", "--nodes=1", "--time=10");
  }

  @Test
  void of_a_flag_that_is_there_twice_the_last_counts() throws Exception {
    assertThat(flagged("--partition=a -pb"))
        .contains("--partition=b")
        .doesNotContain("--partition=a");
  }

  @Test
  void nice_without_a_number_is_sbatchs_own() throws Exception {
    assertThat(flagged("--nice --exclusive")).contains("--nice=100", "--exclusive");
  }

  @Test
  void no_flags_are_nothing() throws Exception {
    assertThat(flagged(" \n")).isEqualTo(plain());
  }

  @Test
  void a_flag_wins_over_the_setting_and_cpus_that_the_pod_names_over_the_flag() throws Exception {
    BackendSettings backend =
        backend("partition", "usual", "default-cpus", "7", "default-memory-mib", "700");
    String flags = "-p wish -c 3 --mem=300";
    assertThat(options(backend, pod(FLAGS, flags)))
        .contains("--partition=wish", "--cpus-per-task=3", "--mem=300M")
        .doesNotContain("--partition=usual");
    Resources named = new Resources(Optional.of(2000L), Optional.of(Bytes.ofMebibytes(50)), 0);
    assertThat(options(backend, pod(named, FLAGS, flags)))
        .contains("--cpus-per-task=2", "--mem=50M");
  }

  @Test
  void the_time_is_the_shorter_of_both_and_a_gres_may_be_the_pods_own_gpus() throws Exception {
    Resources gpus = new Resources(Optional.empty(), Optional.empty(), 1);
    assertThat(options(backend(), pod(gpus, FLAGS, "--gpus=a100:1")))
        .contains("--gres=gpu:a100:1")
        .doesNotContain("--gres=gpu:1");
    assertRefused(
        backend(),
        pod(gpus, FLAGS, "--gres=gpu:2"),
        AT_FLAGS
            + "asks for a gres beside nvidia.com/gpu, which becomes one too: it has to be gpu:1 or"
            + " gpu:TYPE:1, or one of them has to go");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '%',
      value = {
        "--output=/etc/passwd; --output",
        "--output x; --output",
        "-o/tmp/x; -o",
        "-e x; -e",
        "--error=x; --error",
        "--chdir=/; --chdir",
        "-D /; -D",
        "--export=ALL,LD_PRELOAD=x; --export",
        "--wrap=id; --wrap",
        "--wrap 'rm -rf /'; --wrap",
        "--array=1-9; --array",
        "-a1-9; -a",
        "--parsable; --parsable",
        "--uid=0; --uid",
        "--gid 0; --gid",
        "--get-user-env; --get-user-env",
        "-w node1; -w",
        "--hold; --hold",
        "--kill-on-invalid-dep=no; --kill-on-invalid-dep",
        "-H; -H",
        "--parti=short; --parti",
        "--Partition=short; --Partition",
        "--time=1 --uid=0; --uid",
        "-Jmine --uid=0; --uid",
        "-'o' x; -o",
        "\"--output\"=x; --output",
        "\\-\\-output=x; --output",
      })
  void what_is_not_for_pods_is_refused_by_name(String flags, String name) {
    assertRefused(
        flags,
        "has "
            + name
            + ", which is not for pods to set: there are "
            + Arrays.stream(SbatchFlag.values())
                .map(SbatchFlag::option)
                .collect(Collectors.joining(", ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '%',
      value = {
        "--partition 'a; has a quote or a backslash without its end",
        "--partition=a\\; has a quote or a backslash without its end",
        "--partition; has --partition without a value",
        "-p; has --partition without a value",
        "-p --time=5; has --partition without a value",
        "script.sh; has a word that belongs to no option",
        "--exclusive --nice=5 6; has a word that belongs to no option",
        "-- --uid=0; has a word that belongs to no option",
        "-; has a word that belongs to no option",
        "--nodes=2; has --nodes, which is not 1: a pod's containers are on one node",
        "-N1-4; has --nodes, which is not 1: a pod's containers are on one node",
        // getopt(3) reads -p artition=short, and so do we.
        "-partition=short; has --partition, which is not a name of letters, digits, _, . and -, or"
            + " several with commas between them",
        "--exclusive=user; has --exclusive, which is not for pods with a value",
        "--qos=; has --qos, which is not a name of letters, digits, _, . and -",
        "--nice -5; has --nice, which is not a whole number from 0 to 2147483645",
        "--mem=0; has --mem, which is not an amount of memory, not 0: NUMBER for MiB, or with K, M, G"
            + " or T",
        "--qos='a b' --nice=x; has --nice, which is not a whole number from 0 to 2147483645, and"
            + " --qos, which is not a name of letters, digits, _, . and -",
        "--gres=gpu:1 -G2; has --gres, which is not what --gpus asks for",
        "-n4 --ntasks-per-node=8; has --ntasks-per-node, which is not what --ntasks asks for",
        "--requeue=1; has --requeue, which is not for pods with a value",
        "--no-requeue 1; has --no-requeue, which is not for pods with a value",
        "--requeue --no-requeue; has --requeue, which is not what --no-requeue asks for",
        "--requeue; asks for a job that may run again, and restartPolicy is Never: one of them has"
            + " to change",
        "--dependency=afterok:$id; has --dependency, which is not singleton or after…:JOB[:JOB], or"
            + " several with commas between them, or with ? if one of them is enough",
        "--comment=$(id); has --comment, which is not up to 256 printable ASCII characters without"
            + " quotes, \\ and $",
        "--mem=5 --mem-per-cpu=5; asks for mem, and something does for mem-per-cpu: one of them has"
            + " to go",
      })
  void what_is_wrong_with_the_flags_is_told(String flags, String fault) {
    assertRefused(flags, fault);
  }

  @Test
  void the_lists_of_the_administrator_are_those_of_flags_too() throws Exception {
    BackendSettings backend =
        backend("annotations", "time", "annotations.physics", "partition=short|long");
    assertThat(options(backend, pod(FLAGS, "-p short"))).contains("--partition=short");
    assertRefused(
        backend,
        pod(FLAGS, "-p other"),
        AT_FLAGS + "has --partition, which is not one of short, long");
    assertRefused(
        backend,
        pod(FLAGS, "-t 5"),
        AT_FLAGS
            + "has --time, which is not allowed for namespace physics on backend hpc"
            + " (interlink.backends.hpc.annotations.physics)");
  }

  @Test
  void an_annotation_and_a_flag_that_contradict_each_other_are_refused() throws Exception {
    String own = "slurm.interlink.ee/partition";
    assertThat(options(backend(), pod(own, "a", FLAGS, "-p a"))).containsOnlyOnce("--partition=a");
    assertRefused(
        backend(),
        pod(own, "a", FLAGS, "-p b"),
        AT_FLAGS + "has --partition, which is not what slurm.interlink.ee/partition asks for");
  }

  @Test
  void all_faults_are_told_at_once() {
    assertRefused(
        backend(),
        pod("slurm.interlink.ee/no", "a", FLAGS, "--uid", "slurm-job.vk.io/flavor", "x"),
        new TreeMap<>(
                Map.of(
                    "slurm-job.vk.io/flags",
                    "has --uid, which is not for pods to set: there are "
                        + Arrays.stream(SbatchFlag.values())
                            .map(SbatchFlag::option)
                            .collect(Collectors.joining(", ")),
                    "slurm-job.vk.io/flavor",
                    "is not offered: ask by the pod's resources and by slurm-job.vk.io/flags",
                    "slurm.interlink.ee/no",
                    "is not known: slurm.interlink.ee/ has "
                        + Arrays.stream(SlurmAnnotation.values())
                            .map(SlurmAnnotation::word)
                            .sorted()
                            .collect(Collectors.joining(", "))))
            .entrySet().stream()
                .map(fault -> "metadata.annotations[" + fault.getKey() + "] " + fault.getValue())
                .collect(Collectors.joining("; ")));
  }

  private static final Pattern HARMLESS =
      Pattern.compile("--[a-z-]+(=[A-Za-z0-9_.,:@&|()*\\[\\]+-]+)?");
  private static final List<String> HOSTILE =
      List.of(
          "\n",
          "\r",
          "\0",
          "\t",
          " ",
          "'",
          "\"",
          "\\",
          ";",
          "|",
          "&",
          "<",
          ">",
          "#",
          "%j",
          "é",
          "$(id)",
          "`id`",
          "${HOME}",
          "$'\\n'",
          "\n#SBATCH --uid=0\n",
          "--wrap",
          "--wrap=id",
          "--uid=0",
          "--uid 0",
          "--get-user-env",
          "-o/etc/x",
          "--",
          "-",
          "=",
          "@/etc/passwd",
          "a".repeat(2000));
  private static final List<String> ORDINARY =
      List.of(
          "--partition=",
          "--partition ",
          "-p",
          "-J",
          "--job-name=",
          "--job-name ",
          "-C",
          "--mem=",
          "--mail-user=",
          "-t ",
          "--nice=",
          "--gres",
          "-G",
          "-N",
          "--exclusive",
          "a",
          "1",
          "gpu:1",
          "a@b");

  /** Either refused by name, or nothing but what could have been asked for without malice. */
  private static void assertHarmless(String flags, Set<String> constant, Set<String> seen)
      throws Exception {
    try {
      List<String> options = flagged(flags);
      assertThat(options).as(flags).containsAll(constant);
      options.removeAll(constant);
      assertThat(options).as(flags).allMatch(option -> HARMLESS.matcher(option).matches());
      options.forEach(option -> seen.add(option.split("=", 2)[0]));
    } catch (InvalidRequestException e) {
      assertThat(e.faults().keySet()).containsOnly("metadata.annotations[" + FLAGS + "]");
      assertThat(e).as(flags).hasMessageMatching("[^\\p{Cntrl}]{1,1500}");
    }
  }

  @Test
  void nothing_hostile_reaches_sbatch() throws Exception {
    Set<String> constant = new TreeSet<>(plain());
    constant.remove("--ntasks=1");
    Set<String> seen = new TreeSet<>();
    for (String hostile : HOSTILE) {
      for (String ordinary : ORDINARY) {
        for (String form : List.of("%s%s", "%s'%s'", "%s\"%s\"", "%sa%s", "%s%s --nice=1")) {
          assertHarmless(String.format(form, ordinary, hostile), constant, seen);
        }
      }
    }
    Random random = new Random(4);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder flags = new StringBuilder();
      for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
        List<String> from = random.nextInt(3) == 0 ? HOSTILE : ORDINARY;
        flags.append(from.get(random.nextInt(from.size()))).append(random.nextBoolean() ? " " : "");
      }
      assertHarmless(flags.toString(), constant, seen);
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "--constraint",
            "--exclusive",
            "--gres",
            "--mail-user",
            "--mem",
            "--nice",
            "--ntasks",
            "--partition",
            "--time");
  }

  @ParameterizedTest
  @CsvSource({
    "/cvmfs/unpacked/, /cvmfs/unpacked/busybox:1.36",
    "oras://, oras://busybox:1.36",
    "docker://registry.example:5000/team/, docker://registry.example:5000/team/busybox:1.36",
  })
  void a_root_goes_before_images_that_are_neither_paths_nor_have_a_scheme(String root, String image)
      throws Exception {
    JobRequest pod = pod("slurm-job.vk.io/image-root", root);
    BackendSettings backend = backend("annotations", "none");
    new SlurmDriver().check(backend, pod);
    JobRequest meant = new SlurmScheduler(SlurmSettings.read(backend)).meant(pod);
    assertThat(meant.containers()).extracting(ContainerSpec::image).containsExactly(image);
    assertThat(meant.initContainers())
        .extracting(ContainerSpec::image)
        .containsExactly("/cvmfs/init.sif");
    assertThat(meant).usingRecursiveComparison().ignoringFields("containers.image").isEqualTo(pod);
  }

  @Test
  void an_image_below_a_root_is_one_that_the_backend_has_to_run() throws Exception {
    JobRequest pod = pod("slurm-job.vk.io/image-root", "oras://x/");
    new SlurmDriver().check(backend("image-allow", "/cvmfs,oras://x"), pod);
    BackendSettings others = backend("image-allow", "/cvmfs,docker://busybox");
    assertThatThrownBy(() -> new SlurmDriver().check(others, pod))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "spec.containers[0].image is oras://x/busybox:1.36, which is not among what this"
                + " backend runs (image-allow): [/cvmfs, docker://busybox]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "registry.example/", "./", "$HOME/", "/a b", "/a\n", "/$(id)", "/a'"})
  void a_root_that_is_the_beginning_of_no_image_is_refused(String root) {
    assertRefused(
        backend(),
        pod("slurm-job.vk.io/image-root", root),
        "metadata.annotations[slurm-job.vk.io/image-root] is not the beginning of an absolute path"
            + " or of SCHEME://…, of letters, digits and . _ / @ : + ~ -");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pre-exec; is text for a shell on the node, and none is run there",
        "singularity-commands; is text for a shell on the node, and none is run there",
        "mpi-flags; is put before no command",
        "flavor; is not offered",
        "singularity-mounts; is not given to the container runtime: name a volume",
        "enroot-mounts; is not given to the container runtime: name a volume",
        "singularity-options; is not given to the container runtime, whose options are",
        "enroot-options; is not given to the container runtime, whose options are",
        "else; is not known: slurm-job.vk.io/ has flags, image-root",
        "Flags; is not known: slurm-job.vk.io/ has flags, image-root",
      })
  void all_others_are_refused_by_name(String word, String fault) {
    for (String value : List.of("", "true", "$(id)")) {
      assertThatThrownBy(
              () -> new SlurmDriver().check(backend(), pod("slurm-job.vk.io/" + word, value)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageStartingWith("metadata.annotations[slurm-job.vk.io/" + word + "] " + fault);
    }
  }
}
