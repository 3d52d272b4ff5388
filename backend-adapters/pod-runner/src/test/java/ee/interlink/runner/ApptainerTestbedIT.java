package ee.interlink.runner;

import static ee.interlink.batch.Pods.freshUid;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.Mount;
import ee.interlink.batch.PodNames;
import ee.interlink.batch.Pods;
import ee.interlink.batch.RegistryAuth;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runner with real Apptainer, as an ordinary user on a shared file system. */
@Tag("testbed")
class ApptainerTestbedIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ODD = "a'b\"c $HOME `id` \\ \\n * ~\nõ € \t,=x";
  private static final ContainerRuntime APPTAINER =
      new ContainerRuntime.Apptainer("apptainer", "docker://", List.of("--no-https"));

  private final Properties testbed = new Properties();
  private String backend;
  private JobDirectory directory;

  @BeforeEach
  void folder() throws Exception {
    String file = System.getenv().getOrDefault("TESTBED_ENV", "/opt/testbed/testbed.env");
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      testbed.load(reader);
    }
    backend = site("mktemp -d /shared/alice/runner,\\\"XXXXXX").strip();
    site("mkdir '" + backend + "/spool'");
  }

  @AfterEach
  void remove() throws Exception {
    site("rm -rf -- '" + backend + "'");
  }

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
            Stream.of(mounted).map(Mounted::volume).toList()));
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
    run(Pods.withReadOnlyRoot(container));
    assertThat(log().lines().filter(line -> !line.startsWith("touch: ")))
        .containsExactly("scratch");
    assertThat(code()).isZero();
  }

  @Test
  void a_registry_that_asks_who_one_is_gives_its_image_to_who_has_a_secret_and_to_nobody_else()
      throws Exception {
    String registry = testbed.getProperty("TESTBED_REGISTRY_AUTH");
    String user = testbed.getProperty("TESTBED_REGISTRY_USER");
    String secret = user + ":" + testbed.getProperty("TESTBED_REGISTRY_PASSWORD");
    String encoded = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
    ContainerSpec main =
        container(
            registry + "/library/busybox:latest",
            List.of("echo", "let in"),
            List.of(),
            List.of(),
            List.of());
    run(main);
    assertThat(code()).isEqualTo(255);
    assertThat(site("sed 1d '" + directory.state() + "/main.exited'"))
        .startsWith("FATAL:")
        .contains("authentication required");

    String json = "{\"auths\": {\"" + registry + "\": {\"auth\": \"" + encoded + "\"}}}";
    write(Pods.authenticated(request(main), new RegistryAuth(json)));
    start().waitFor();
    assertThat(log()).isEqualTo("let in\n");
    assertThat(code()).isZero();
    assertThat(site("grep -r -l -F -e '" + encoded + "' '" + directory.path() + "' || true"))
        .as("what is left of the secret after the job's end")
        .isEmpty();
  }

  @Test
  void an_image_that_is_not_there_is_told_in_apptainers_words() throws Exception {
    run(container(image("no-such"), List.of("true"), List.of(), List.of(), List.of()));
    assertThat(code()).isEqualTo(255);
    assertThat(site("sed 1d '" + directory.state() + "/main.exited'")).startsWith("FATAL:");
    assertThat(site("ls '" + backend + "/spool'")).contains(",unstarted,main,0,255,");
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

  private void write(JobRequest request) throws Exception {
    directory = new JobDirectory(backend, request.pod());
    Process tar =
        ssh("mkdir '" + directory.path() + "' && tar -x -p -o -f - -C '" + directory.path() + "'");
    try (OutputStream in = tar.getOutputStream()) {
      JobArchive.write(JobFiles.of(request, APPTAINER, RestartBackoff.USUAL), in);
    }
    assertThat(tar.waitFor()).isZero();
  }

  private Process start() throws IOException {
    return ssh("setsid -w bash '" + directory.script() + "' '" + directory.path() + "'");
  }

  private String log() throws Exception {
    return site("cat '" + directory.log(LogFile.output(new ContainerName("main"))) + "'");
  }

  private int code() throws Exception {
    return Integer.parseInt(site("cat '" + directory.state() + "/main.exited'").split(" ", -1)[2]);
  }

  private String site(String script) throws IOException {
    Process process = ssh(script);
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private Process ssh(String script) throws IOException {
    List<String> command = new ArrayList<>(List.of("ssh", "-q", "-o", "BatchMode=yes"));
    command.addAll(List.of("-i", testbed.getProperty("TESTBED_SSH_KEY")));
    command.addAll(
        List.of("-o", "UserKnownHostsFile=" + testbed.getProperty("TESTBED_SSH_KNOWN_HOSTS")));
    command.addAll(List.of("-p", testbed.getProperty("TESTBED_SSH_PORT")));
    command.addAll(List.of("alice@" + testbed.getProperty("TESTBED_SSH_HOST"), script));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private String image(String name) {
    return testbed.getProperty("TESTBED_REGISTRY") + "/library/" + name + ":latest";
  }

  private ContainerSpec busybox(
      List<String> command, List<String> args, List<EnvVar> env, List<Mount> mounts) {
    return container(image("busybox"), command, args, env, mounts);
  }

  private static ContainerSpec container(
      String image, List<String> command, List<String> args, List<EnvVar> env, List<Mount> mounts) {
    return new ContainerSpec(
        new ContainerName("main"), image, command, args, env, Optional.empty(), mounts);
  }
}
