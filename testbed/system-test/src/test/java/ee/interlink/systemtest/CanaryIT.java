package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A word that nobody else has is put wherever a pod may have a secret, and looked for wherever it
 * must not be: in processes of others, in what the scheduler keeps, in logs, in the journal, and on
 * disk once the job has ended.
 *
 * <p>Where it may be: in the pod itself while it runs; its command and arguments in the process
 * list, as any process has them there; a ConfigMap's content in the job's folder until the pod is
 * deleted.
 */
@Tag("testbed")
@Tag("any-scheduler")
@Tag("no-shared-folder")
@Tag("kubernetes")
@Order(33)
@Alone
@ExtendWith(NodeSite.Shared.class)
class CanaryIT {
  private static final String POD = "canary";

  /** Where daemons and Apptainer keep what they keep. */
  private static final List<String> PLACES =
      List.of("/var/spool", "/var/log", "/var/lib", "/tmp", "/var/tmp", "/dev/shm", "/home");

  /** All processes of the machine: who each is of, and its command line or its environment. */
  private static final String PROCESSES =
      "for p in /proc/[0-9]*; do u=$(stat -c %U $p) && c=$(tr '\\0' ' ' <$p/FILE) &&"
          + " echo \"$u ${c//$'\\n'/ }\"; done 2>/dev/null; true";

  private final String mark = "canary" + UUID.randomUUID().toString().replace("-", "");
  private final Map<String, String> canaries = new LinkedHashMap<>();
  private KubeNamespace namespace;

  @BeforeEach
  void begin(NodeSite site) {
    namespace = site.kube().namespace("canary");
  }

  @AfterEach
  void end() {
    namespace.close();
  }

  @Test
  void a_canary_is_found_nowhere_that_it_should_not_be(NodeSite site) throws IOException {
    namespace.apply(pod(site));
    waitFor("the container").until(() -> namespace.phase(POD).equals("Running"));
    waitFor("its output").until(() -> namespace.log(POD).contains("waiting"));
    String uid = namespace.uid(POD);
    Path directory = site.testbed().directory(site.properties(), Testbed.BACKEND);
    Path job = site.batch().job(directory, uid).orElseThrow();
    canaries.put("token", token(job));
    assertThat(in(contents(job))).as("what the test can find").containsAll(canaries.keySet());

    assertThat(processes(site, "cmdline", "root"))
        .as("in anybody's command line")
        .isSubsetOf("command", "args");
    assertThat(processes(site, "cmdline", Testbed.USER)).contains("args");
    assertThat(others(site, "cmdline")).as("in command lines of others").isEmpty();
    assertThat(others(site, "environ")).as("in environments of others").isEmpty();
    BatchJob batchJob = site.batch().queued(uid).get(0);
    assertThat(in(site.batch().queueEntry(batchJob))).as("in the queue").isEmpty();
    assertThat(in(runnerLog(job))).as("in runner.log").isEmpty();
    assertThat(onDisk(site, List.of("/var/log"))).as("in daemons' logs").isEmpty();
    assertThat(in(site.server().logText())).as("in the server's log").isEmpty();
    assertThat(in(contents(site.server().state())))
        .as("in the journal and beside it, which have the pod as it was asked for")
        .isSubsetOf("command", "args");

    site.gate().open(uid);
    waitFor("the pod's end").until(() -> namespace.phase(POD).equals("Succeeded"));
    assertThat(in(site.batch().accountingEntry(batchJob))).as("in accounting").isEmpty();
    waitFor("nothing of it left where daemons keep it")
        .untilAsserted(() -> assertThat(onDisk(site, PLACES)).isEmpty());
    for (Path place : site.batch().places(directory, uid)) {
      assertThat(in(contents(place))).as("in " + place).isSubsetOf("config-map");
    }

    namespace.kubectl("delete", "pod", POD, "--wait=true").output();
    for (Path place : site.batch().places(directory, uid)) {
      waitFor("nothing of it left in " + place + " after its deletion")
          .ignoreExceptionsInstanceOf(IOException.class) // files go while they are read
          .ignoreExceptionsInstanceOf(UncheckedIOException.class)
          .untilAsserted(() -> assertThat(in(contents(place))).isEmpty());
    }
    assertThat(in(site.server().logText())).as("in the server's log").isEmpty();
  }

  private String canary(String place) {
    return canaries.computeIfAbsent(place, name -> mark + "-" + name);
  }

  private ObjectNode pod(NodeSite site) {
    ObjectNode secret = NodePods.object("v1", "Secret", "secret");
    secret.putObject("stringData").put("a", canary("secret-env")).put("b", canary("secret-file"));
    namespace.apply(secret);
    ObjectNode map = NodePods.object("v1", "ConfigMap", "map");
    map.putObject("data").put("c", canary("config-map"));
    namespace.apply(map);
    ObjectNode pull =
        NodePods.object("v1", "Secret", "pull").put("type", "kubernetes.io/dockerconfigjson");
    String auth =
        Base64.getEncoder().encodeToString(("somebody:" + mark + "-pull").getBytes(UTF_8));
    canaries.put("pull", auth);
    pull.putObject("stringData")
        .put(
            ".dockerconfigjson",
            "{\"auths\": {\"registry.example\": {\"auth\": \"" + auth + "\"}}}");
    namespace.apply(pull);

    ObjectNode pod = site.gated(POD);
    ObjectNode main = NodePods.main(pod);
    main.withArray("/command").add(canary("command"));
    main.putArray("args").add(canary("args"));
    main.withArray("/env").addObject().put("name", "PLAIN").put("value", canary("env"));
    main.withArray("/env").addObject().put("name", "odd-name").put("value", canary("odd-env"));
    NodePods.from(main.withArray("/env"), "KEY", "secretKeyRef")
        .put("name", "secret")
        .put("key", "a");
    NodePods.volume(pod, "s").putObject("secret").put("secretName", "secret");
    NodePods.volume(pod, "m").putObject("configMap").put("name", "map");
    NodePods.spec(pod).putArray("imagePullSecrets").addObject().put("name", "pull");
    return pod;
  }

  /** Of the volume that every pod gets; its signature, for its head is the same for all. */
  private static String token(Path job) throws IOException {
    try (Stream<Path> files = Files.walk(job.resolve("volumes"))) {
      Path token = files.filter(file -> file.endsWith("token")).findFirst().orElseThrow();
      String text = Files.readString(token);
      return text.substring(text.lastIndexOf('.') + 1);
    }
  }

  /** Where a job makes its folder itself it lies beside that. */
  private static String runnerLog(Path job) throws IOException {
    Path log =
        Stream.of(
                job.resolve("runner.log"),
                job.resolveSibling("runner.log"),
                job.resolveSibling("output").resolve(job.getFileName() + ".log"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    return Files.readString(log);
  }

  private Set<String> in(String text) {
    return canaries.entrySet().stream()
        .filter(canary -> text.contains(canary.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What can be seen by this user of this file of all processes. */
  private Set<String> processes(NodeSite site, String file, String user) {
    return in(lines(site, file, user).collect(Collectors.joining("\n")));
  }

  /** The same in processes that are neither the pod's account's nor this test's. */
  private Set<String> others(NodeSite site, String file) {
    return in(
        lines(site, file, "root")
            .filter(line -> !line.startsWith(Testbed.USER + " "))
            .collect(Collectors.joining("\n")));
  }

  private static Stream<String> lines(NodeSite site, String file, String user) {
    String script = PROCESSES.replace("FILE", file);
    return site.testbed().as(user, "bash", "-c", script).output().lines();
  }

  private Set<String> onDisk(NodeSite site, List<String> places) {
    Set<String> found = new TreeSet<>();
    canaries.forEach(
        (name, canary) -> {
          List<String> grep = new ArrayList<>(List.of("grep", "-rlasF", "-e", canary));
          grep.addAll(places);
          String files = site.testbed().as("root", grep.toArray(String[]::new)).out();
          files.lines().map(file -> name + " in " + file).forEach(found::add);
        });
    return found;
  }

  /** Of all files below it; what has gone meanwhile has nothing to say. */
  private static String contents(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return "";
    }
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(read(file));
      }
    }
    return all.toString();
  }

  private static String read(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
