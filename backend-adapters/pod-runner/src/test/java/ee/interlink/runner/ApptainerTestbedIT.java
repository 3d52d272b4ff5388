package ee.interlink.runner;

import static ee.interlink.batch.Pods.freshUid;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.ContainerCare;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSecurity;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.Handler;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Mount;
import ee.interlink.batch.PodNames;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Probe;
import ee.interlink.batch.PullPolicy;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The runner with real Apptainer, as an ordinary user on a shared file system. */
@Tag("testbed")
class ApptainerTestbedIT extends ApptainerSite {
  private static final String ODD = "a'b\"c $HOME `id` \\ \\n * ~\nõ € \t,=x";

  @Test
  void a_command_in_an_image_of_a_registry_gets_every_byte() throws Exception {
    List<EnvVar> env =
        List.of(
            new EnvVar("SAID", ODD),
            new EnvVar("EMPTY", ""),
            new EnvVar("RANDOM_SEED", "$(id)"),
            new EnvVar("HOSTNAME", "my-host"));
    run(
        busybox(
            List.of(
                "sh",
                "-c",
                "printf '<%s>' \"$IMAGE_SAYS\" \"$SAID\" \"$EMPTY\" \"$RANDOM_SEED\" \"$@\"",
                "sh"),
            List.of(ODD, "", "-n"),
            env,
            List.of()));
    assertThat(log()).isEqualTo("<hello><" + ODD + "><><$(id)><" + ODD + "><><-n>");
    assertThat(code()).isZero();
  }

  @Test
  void names_that_shells_keep_for_themselves_arrive_too() throws Exception {
    List<EnvVar> env =
        Stream.of("HOME", "UID", "EUID", "GID", "SECONDS", "RANDOM", "IFS", "PPID", "PWD")
            .map(name -> new EnvVar(name, "/" + name))
            .toList();
    run(busybox(List.of("cat", "/proc/self/environ"), List.of(), env, List.of()));
    assertThat(log().split("\0", -1))
        .contains(env.stream().map(e -> e.name() + "=" + e.value()).toArray(String[]::new));
  }

  @Test
  void names_that_are_no_identifiers_arrive_and_what_carried_them_does_not() throws Exception {
    List<EnvVar> env =
        List.of(
            new EnvVar("data-1", ODD),
            new EnvVar("HOME", "/h"),
            new EnvVar("2.b", ""),
            new EnvVar("AFTER", "b"));
    run(busybox(List.of("cat", "/proc/self/environ"), List.of(), env, List.of()));
    assertThat(log().split("\0", -1))
        .contains("data-1=" + ODD, "HOME=/h", "2.b=", "AFTER=b")
        .noneMatch(variable -> variable.startsWith("INTERLINK_CARRIED"));
    assertThat(code()).isZero();
  }

  @Test
  void args_alone_go_to_the_entry_point_of_the_image() throws Exception {
    run(container(image("entry"), List.of(), List.of("from $HOME", "pod"), List.of(), List.of()));
    assertThat(log()).isEqualTo("entrypoint from $HOME pod\n");
  }

  @Test
  void neither_command_nor_args_run_what_the_image_says() throws Exception {
    run(container(image("entry"), List.of(), List.of(), List.of(), List.of()));
    assertThat(log()).isEqualTo("entrypoint cmd\n");
  }

  @Test
  void a_sif_file_runs_and_its_exit_code_comes_back() throws Exception {
    run(
        container(
            testbed.getProperty("TESTBED_IMAGE_SIF"),
            List.of("sh", "-c", "echo sif; exit 42"),
            List.of(),
            List.of(),
            List.of()));
    assertThat(log()).isEqualTo("sif\n");
    assertThat(code()).isEqualTo(42);
  }

  @Test
  void volumes_are_mounted_where_the_pod_says() throws Exception {
    String look =
        "cat /etc/conf/name '/odd,\"place/key'; touch /etc/conf/new || echo read-only;"
            + " echo x >/scratch/f && echo writable; touch /tmp/t ~/t && echo private";
    run(
        busybox(
            List.of("sh", "-c", look),
            List.of(),
            List.of(),
            List.of(
                new Mount(new VolumeName("conf"), "/etc/conf", "", false),
                new Mount(new VolumeName("conf"), "/odd,\"place", "sub", false),
                new Mount(new VolumeName("scratch"), "/scratch", "", false))));
    assertThat(log()).contains("public\n", "secret\n", "read-only\nwritable\nprivate\n");
  }

  @Test
  void empty_volumes_have_the_medium_and_the_modes_that_the_kubelet_gives_them() throws Exception {
    String look =
        "stat -c %a /disk /memory /disk/sub /memory/a/b && stat -f -c %T /memory /memory/a/b"
            + " && echo x >/memory/f && cat /memory/f && umask";
    Volume disk = new Volume.EmptyDir(new VolumeName("disk"));
    Volume memory = new Volume.EmptyDir(new VolumeName("memory"), true, Optional.empty());
    runWith(
        look,
        new Mounted(disk, new Mount(disk.name(), "/disk", "", false)),
        new Mounted(memory, new Mount(memory.name(), "/memory", "", false)),
        new Mounted(disk, new Mount(disk.name(), "/disk/sub", "s", false)),
        new Mounted(memory, new Mount(memory.name(), "/memory/a/b", "p/q", false)));
    assertThat(log()).startsWith("777\n777\n777\n777\ntmpfs\ntmpfs\nx\n");
    assertThat(code()).isZero();
    assertThat(site("ls -d /dev/shm/interlink.* 2>&1 || true"))
        .as("what alice has left in memory")
        .contains("No such file");
  }

  @Test
  void a_pod_that_fills_a_volume_beyond_its_limit_is_evicted() throws Exception {
    VolumeName name = new VolumeName("scratch");
    Optional<Bytes> limit = Optional.of(Bytes.ofMebibytes(1));
    runWith(
        "head -c 2000000 /dev/zero >/scratch/big; exec sleep 600",
        new Mounted(
            new Volume.EmptyDir(name, true, limit), new Mount(name, "/scratch", "", false)));
    assertThat(site("ls '" + backend + "/spool'")).contains(",evicted,scratch,0,0,", ",ended,");
    assertThat(code()).isIn(143, 137);
  }

  @Test
  void a_host_path_is_the_machines_own_and_what_is_to_be_there_is_made() throws Exception {
    site("mkdir '" + backend + "/data' && echo old >'" + backend + "/data/file'");
    runWith(
        "cat /data/file; echo new >/made/file; touch /data/x || echo read-only",
        Mounted.of("/data", backend + "/data", Volume.HostPathType.DIRECTORY, true),
        Mounted.of("/made", backend + "/a/b", Volume.HostPathType.DIRECTORY_OR_CREATE, false));
    assertThat(log()).startsWith("old\n").endsWith("read-only\n");
    assertThat(site("cat '" + backend + "/a/b/file'")).isEqualTo("new\n");
    assertThat(code()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Volume.HostPathType.class,
      names = {"ANY", "DIRECTORY", "FILE", "SOCKET", "CHAR_DEVICE", "BLOCK_DEVICE"})
  void a_host_path_that_is_not_there_is_told_and_no_container_starts(Volume.HostPathType type)
      throws Exception {
    String missing = backend + "/missing";
    runWith("echo started", Mounted.of("/in", missing, type, false));
    assertThat(site("sed 1d '" + directory.state() + "/main.exited'"))
        .startsWith("hostPath type check failed: " + missing + " is not there as ");
    assertThat(log()).isEmpty();
    assertThat(code()).isEqualTo(128);
    assertThat(site("ls '" + missing + "' 2>&1 || true")).contains("No such file");
  }

  /** A host path and where it goes. */
  private record Mounted(Volume volume, Mount mount) {
    static Mounted of(String to, String path, Volume.HostPathType type, boolean readOnly) {
      VolumeName name = new VolumeName(to.substring(1));
      return new Mounted(new Volume.HostPath(name, path, type), new Mount(name, to, "", readOnly));
    }
  }

  private void runWith(String script, Mounted... mounted) throws Exception {
    List<Mount> mounts = Stream.of(mounted).map(Mounted::mount).toList();
    write(
        Pods.pod(
            RestartPolicy.NEVER,
            List.of(),
            List.of(busybox(List.of("sh", "-c", script), List.of(), List.of(), mounts)),
            Stream.of(mounted).map(Mounted::volume).distinct().toList()));
    start().waitFor();
  }

  @Test
  void a_pods_own_names_stand_beside_those_of_its_machine() throws Exception {
    PodNames names =
        new PodNames(
            Optional.of("worker-0"),
            List.of(
                new PodNames.HostAlias("123.45.67.89", List.of("foo.local", "bar.local")),
                new PodNames.HostAlias("fd00::1", List.of("six"))),
            Optional.of(
                new PodNames.Resolver(
                    true, List.of("192.0.2.1"), List.of("example.org"), List.of("ndots:2"))));
    String look = "hostname; cat /etc/hosts; echo --; cat /etc/resolv.conf";
    run(shell(look), names);
    assertThat(log())
        .startsWith("worker-0\n# Kubernetes-managed hosts file (host network).\n")
        .contains(site("cat /etc/hosts"))
        .contains("123.45.67.89\tfoo.local\tbar.local\nfd00::1\tsix\n--\n")
        .contains(site("grep -m 1 '^nameserver' /etc/resolv.conf"))
        .contains("nameserver 192.0.2.1\n")
        .containsPattern("search .*example.org\n")
        .containsPattern("options .*ndots:2\n");
    assertThat(code()).isZero();
  }

  @Test
  void without_the_machines_resolver_there_is_the_pods_own_alone() throws Exception {
    run(
        shell("cat /etc/resolv.conf"),
        new PodNames(
            Optional.empty(),
            List.of(),
            Optional.of(
                new PodNames.Resolver(
                    false, List.of("192.0.2.1"), List.of("a.test", "b.test"), List.of("edns0")))));
    assertThat(log()).isEqualTo("nameserver 192.0.2.1\nsearch a.test b.test\noptions edns0\n");
  }

  @Test
  void a_read_only_root_is_written_nowhere_but_into_the_mounts() throws Exception {
    String look =
        "for d in / /tmp /var/tmp /etc /root $HOME; do touch $d/new && echo $d; done;"
            + " touch /scratch/new && echo scratch; exit 0";
    ContainerSpec container =
        busybox(
            List.of("sh", "-c", look),
            List.of(),
            List.of(),
            List.of(new Mount(new VolumeName("scratch"), "/scratch", "", false)));
    run(
        Pods.withSecurity(
            container, new ContainerSecurity(true, OptionalLong.empty(), OptionalLong.empty())));
    assertThat(log().lines().filter(line -> !line.startsWith("touch: ")))
        .containsExactly("scratch");
    assertThat(code()).isZero();
  }

  @Test
  void term_ends_a_container_at_once() throws Exception {
    write(busybox(List.of("sleep", "601.25"), List.of(), List.of(), List.of()));
    Process runner = start();
    await()
        .atMost(PATIENCE)
        .until(() -> !site("pgrep -u alice -f '[s]leep 601.25' || true").isBlank());
    Instant asked = Instant.now();
    site("read -r pid _ <'" + directory.claim() + "'; kill -TERM $pid");
    runner.waitFor();
    assertThat(Duration.between(asked, Instant.now()))
        .as("no grace period was waited for")
        .isLessThan(Duration.ofSeconds(20));
    assertThat(code()).isEqualTo(143);
    assertThat(site("pgrep -u alice -f '[s]leep 601.25' || true")).isBlank();
  }

  @Test
  void a_probe_goes_into_the_container_and_has_what_that_has() throws Exception {
    assertProbed(ContainerSecurity.DEFAULT);
  }

  @Test
  void a_probe_goes_into_the_container_of_another_user_too() throws Exception {
    assertProbed(new ContainerSecurity(true, OptionalLong.of(1000), OptionalLong.of(2000)));
  }

  private void assertProbed(ContainerSecurity security) throws Exception {
    Probe probe =
        new Probe(
            Probe.Kind.READINESS,
            exec("printf '<%s>' \"$IMAGE_SAYS\" \"$SAID\" \"$PWD\" >/seen/it; echo odd; exit 1"),
            0,
            1,
            5,
            1,
            1,
            OptionalLong.empty());
    ContainerSpec main =
        new ContainerSpec(
            new ContainerName("main"),
            image("busybox"),
            List.of("sh", "-c", "until [ -s /seen/it ]; do sleep 0.1; done; cat /seen/it"),
            List.of(),
            List.of(new EnvVar("SAID", ODD)),
            Optional.of("/etc"),
            List.of(new Mount(new VolumeName("scratch"), "/seen", "", false)),
            security,
            care(List.of(probe), Optional.empty(), Optional.empty()),
            PullPolicy.IF_NOT_PRESENT);
    run(main);
    assertThat(log()).isEqualTo("<hello><" + ODD + "></etc>");
    assertThat(site("cat '" + directory.state() + "/main.unhealthy'"))
        .contains("Readiness probe failed: odd");
    assertThat(site("pgrep -u alice -f '[/]seen/it' || true")).isBlank();
  }

  @Test
  void hooks_go_into_the_container_at_its_start_and_before_its_end() throws Exception {
    ContainerSpec main =
        Pods.withCare(
            shell(
                "trap 'echo term >>/tmp/story; cat /tmp/story; exit 0' TERM;"
                    + " until [ -e /tmp/story ]; do sleep 0.1; done; echo begun;"
                    + " while :; do sleep 0.1; done"),
            care(
                List.of(),
                Optional.of(exec("echo first >>/tmp/story")),
                Optional.of(exec("echo last >>/tmp/story"))));
    write(main);
    Process runner = start();
    await().atMost(PATIENCE).until(() -> log().contains("begun"));
    await().atMost(PATIENCE).until(() -> site("ls '" + backend + "/spool'").contains(",started,"));
    site("read -r pid _ <'" + directory.claim() + "'; kill -TERM $pid");
    runner.waitFor();
    assertThat(log()).isEqualTo("begun\nfirst\nlast\nterm\n");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1000, 2000"})
  void a_user_and_a_group_of_the_pods_own_are_the_account_by_other_numbers(long user, long group)
      throws Exception {
    ContainerSpec container =
        busybox(
            List.of(
                "sh",
                "-c",
                "id -u; id -g; touch /scratch/new; stat -c '%u %g' /scratch/new /etc/conf/name;"
                    + " touch /etc/new; grep -E 'CapEff|NoNewPrivs' /proc/self/status"),
            List.of(),
            List.of(),
            List.of(
                new Mount(new VolumeName("scratch"), "/scratch", "", false),
                new Mount(new VolumeName("conf"), "/etc/conf", "", true)));
    run(
        Pods.withSecurity(
            container,
            new ContainerSecurity(false, OptionalLong.of(user), OptionalLong.of(group))));
    String both = user + " " + group;
    assertThat(log().lines())
        .containsExactly(
            "" + user, "" + group, both, both, "CapEff:\t0000000000000000", "NoNewPrivs:\t1");
  }

  @ParameterizedTest
  @CsvSource({
    "/run/why, echo for a reason >/run/why",
    "/dev/termination-log, echo for a reason >/dev/termination-log",
    "/dev/why, echo for a reason >/dev/why"
  })
  void a_container_may_say_why_it_ended(String path, String script) throws Exception {
    run(Pods.withCare(shell(script + "; exit 3"), saying(path)));
    assertThat(code()).isEqualTo(3);
    assertThat(site("cat '" + directory.state() + "/main.exited'")).endsWith("for a reason\n\n");
  }

  /** It would be read where the runner is. */
  @Test
  void a_link_says_nothing() throws Exception {
    run(Pods.withCare(shell("ln -s /etc/passwd /dev/why; exit 3"), saying("/dev/why")));
    run(Pods.withCare(shell("ln -s /etc /dev/etc; exit 3"), saying("/dev/etc/passwd")));
    assertThat(code()).isEqualTo(3);
    assertThat(site("cat '" + backend + "'/*/state/main.exited")).doesNotContain("root:");
  }

  private static ContainerCare saying(String path) {
    return new ContainerCare(
        List.of(), Optional.empty(), Optional.empty(), false, Optional.of(path), false);
  }

  private static Handler exec(String script) {
    return new Handler.Exec(List.of("sh", "-c", script));
  }

  private static ContainerCare care(
      List<Probe> probes, Optional<Handler> first, Optional<Handler> last) {
    return new ContainerCare(probes, first, last, false, Optional.empty(), false);
  }

  private ContainerSpec shell(String script) {
    return busybox(List.of("sh", "-c", script), List.of(), List.of(), List.of());
  }

  private void run(ContainerSpec main) throws Exception {
    write(main);
    start().waitFor();
  }

  private void run(ContainerSpec main, PodNames names) throws Exception {
    write(Pods.named(request(main), names));
    start().waitFor();
  }

  private void write(ContainerSpec main) throws Exception {
    write(request(main));
  }

  private static JobRequest request(ContainerSpec main) {
    return new JobRequest(
        freshUid(),
        "default",
        "apptainer",
        List.of(),
        List.of(main),
        RestartPolicy.NEVER,
        List.of(
            new Volume.EmptyDir(new VolumeName("scratch")),
            new Volume.Files(
                new VolumeName("conf"),
                List.of(
                    new Volume.File("name", "public\n".getBytes(UTF_8), 0644),
                    new Volume.File("sub/key", "secret\n".getBytes(UTF_8), 0400)),
                true)),
        Resources.SITE_DEFAULTS,
        Duration.ofSeconds(20),
        Optional.empty());
  }

  private ContainerSpec busybox(
      List<String> command, List<String> args, List<EnvVar> env, List<Mount> mounts) {
    return container(image("busybox"), command, args, env, mounts);
  }
}
