package ee.interlink.runner;

import static ee.interlink.batch.Pods.freshUid;
import static ee.interlink.batch.Pods.pod;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.Assumptions;

/** Through real bash: what a pod says arrives byte for byte, whatever it is. */
class RunnerBytesTest {
  private static final Pattern IDENTIFIER = Pattern.compile("\\b[A-Za-z_][A-Za-z0-9_]*\\b");
  private static final List<String> ODD_NAMES =
      List.of(
          "a.b",
          "a-b",
          "-u",
          "--",
          "1st",
          "a b",
          "UID",
          "EUID",
          "PPID",
          "RANDOM",
          "SECONDS",
          "IFS",
          "BASH_ENV",
          "BASHOPTS",
          "SHELLOPTS",
          "PATH",
          "HOME",
          "PWD",
          "_",
          "SHLVL",
          "LC_ALL",
          "TMOUT",
          "LINENO",
          "BASH_XTRACEFD",
          "POSIXLY_CORRECT",
          "GROUPS",
          "ENV",
          "PS4",
          "TERM",
          "LANG",
          "HOSTNAME",
          "BASH_FUNC_ls%%",
          "OPTIND",
          "runner_env",
          "õ",
          "a$b",
          "a'b",
          "a\nb",
          "%s");

  private Path backend;

  @BeforeProperty
  void folder() throws IOException {
    backend = Files.createTempDirectory("runner-bytes");
  }

  @AfterProperty
  void remove() throws Exception {
    new ProcessBuilder("rm", "-rf", backend.toString()).inheritIO().start().waitFor();
  }

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void arguments(@ForAll("texts") List<String> arguments) throws Exception {
    List<String> command = List.of("/bin/sh", "-c", "printf '%s\\0' \"$@\"", "sh");
    RunnerBench bench = bench(command, arguments, List.of());
    assertThat(bench.run()).isZero();
    assertThat(bench.logBytes("main"))
        .isEqualTo(arguments.isEmpty() ? new byte[] {0} : Words.join(arguments));
  }

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void environment(@ForAll("variables") Map<String, String> variables) throws Exception {
    List<EnvVar> env = new ArrayList<>();
    variables.forEach((name, value) -> env.add(new EnvVar(name, value)));
    Collections.shuffle(env);
    RunnerBench bench =
        bench(List.of("/bin/cat", "/proc/self/environ"), List.of(), env)
            .with("TERM", "xterm")
            .with("SLURM_JOB_ID", "7")
            .with("lower.case", "leak")
            .with("BASH_FUNC_mkdir%%", "() { echo intruder; }")
            .with("LC_ALL", "et_EE.UTF-8");
    assertThat(bench.run()).isZero();
    Map<String, String> seen = environ(bench.logBytes("main"));
    assertThat(seen.remove("HOSTNAME")).isNotNull();
    Map<String, String> expected = new TreeMap<>(Map.of("HOME", "/nowhere"));
    expected.put("PATH", System.getenv("PATH"));
    expected.putAll(variables);
    expected.remove("HOSTNAME");
    assertThat(seen).isEqualTo(expected);
  }

  /** Each name that the script uses for itself is also a name that a pod may use. */
  @Property(tries = 1)
  void the_scripts_own_names_are_free_for_the_pod() throws Exception {
    Map<String, String> variables = new LinkedHashMap<>();
    Matcher names = IDENTIFIER.matcher(new String(PodRunner.script(), UTF_8));
    while (names.find()) {
      variables.put(names.group(), "own $(false) value");
    }
    variables.remove("LD_");
    environment(variables);
  }

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void files(@ForAll("fileNames") List<String> names) throws Exception {
    List<Volume.File> content = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      content.add(new Volume.File("d/" + name, ("content of " + name).getBytes(UTF_8), 0640));
    }
    JobRequest request =
        new JobRequest(
            freshUid(),
            "default",
            "files",
            List.of(),
            List.of(spec(List.of("true"), List.of(), List.of())),
            RestartPolicy.NEVER,
            List.of(new Volume.Files(new VolumeName("v"), content, false)),
            Resources.SITE_DEFAULTS,
            Duration.ZERO,
            Optional.empty());
    RunnerBench bench = new RunnerBench(backend, request);
    Process find =
        new ProcessBuilder(
                "bash",
                "-c",
                "cd \"$1\" && for f in * .[!.]*; do [ -e \"$f\" ] || continue;"
                    + " printf '%s\\0' \"$f\"; cat -- \"./$f\"; printf '\\0'; stat -c %a -- \"./$f\";"
                    + " done",
                "bash",
                bench.path("volumes/v/d").toString())
            .start();
    byte[] found = find.getInputStream().readAllBytes();
    List<String> expected = new ArrayList<>();
    for (Volume.File file : content) {
      String name = file.path().substring(2);
      expected.add(name + "\0content of " + name + "\000640\n");
    }
    String all = new String(found, UTF_8);
    assertThat(expected).allMatch(all::contains);
    assertThat(all.length()).isEqualTo(expected.stream().mapToInt(String::length).sum());
  }

  @Property(tries = 1)
  void a_command_that_looks_like_an_assignment_is_a_command() throws Exception {
    Path command = Files.writeString(backend.resolve("a=b"), "#!/bin/sh\nprintf '%s' \"$X|$1\"\n");
    Assumptions.assumeTrue(command.toFile().setExecutable(true));
    RunnerBench bench =
        bench(List.of(command.toString()), List.of("c=d"), List.of(new EnvVar("X", "y")));
    assertThat(bench.run()).isZero();
    assertThat(bench.log("main")).isEqualTo("y|c=d");
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return text().list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<String>> fileNames() {
    return text()
        .map(name -> name.replace('/', '_'))
        .filter(name -> !name.isEmpty() && !name.equals(".") && !name.equals(".."))
        .filter(name -> name.getBytes(UTF_8).length < 250)
        .filter(name -> !name.startsWith(".."))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<Map<String, String>> variables() {
    Arbitrary<String> identifiers =
        Arbitraries.strings().withChars("abcXYZ_").ofMinLength(1).ofMaxLength(8);
    Arbitrary<String> anything =
        text().map(name -> name.replace("=", "")).filter(name -> !name.isEmpty());
    Arbitrary<String> names = Arbitraries.oneOf(identifiers, Arbitraries.of(ODD_NAMES), anything);
    return Arbitraries.maps(names, text()).ofMinSize(20).ofMaxSize(60);
  }

  private static Arbitrary<String> text() {
    Arbitrary<String> shellish =
        Arbitraries.strings()
            .withChars("'\"$`\\ \n\t\r*?[]{}()<>|&;#~!=-%,:/.aé€\u0001\u007f")
            .ofMaxLength(40);
    Arbitrary<String> chosen =
        Arbitraries.of(
            "",
            "$(touch /tmp/pwned)",
            "`id`",
            "${HOME}",
            "a\nb\n",
            "-n",
            "--",
            "() { :;}; echo x",
            "(a b)",
            "$'\\x41'",
            "\\",
            "'",
            "\"",
            "õäöü €\uD83D\uDE80",
            " lead",
            "trail ");
    Arbitrary<String> any =
        Arbitraries.strings()
            .all()
            .filter(text -> text.indexOf('\0') < 0)
            .map(RunnerBytesTest::sound);
    return Arbitraries.oneOf(shellish, chosen, any);
  }

  /** Half a surrogate pair has no UTF-8 form, and no pod read from JSON has one. */
  private static String sound(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  private static Map<String, String> environ(byte[] bytes) {
    Map<String, String> seen = new TreeMap<>();
    String[] entries = new String(bytes, ISO_8859_1).split("\0", -1);
    Arrays.stream(entries)
        .filter(entry -> !entry.isEmpty())
        .map(entry -> new String(entry.getBytes(ISO_8859_1), UTF_8))
        .forEach(
            entry -> {
              int equals = entry.indexOf('=');
              seen.put(entry.substring(0, equals), entry.substring(equals + 1));
            });
    return seen;
  }

  private RunnerBench bench(List<String> command, List<String> args, List<EnvVar> env)
      throws Exception {
    return new RunnerBench(backend, pod(freshUid(), spec(command, args, env)));
  }

  private static ContainerSpec spec(List<String> command, List<String> args, List<EnvVar> env) {
    return new ContainerSpec(
        new ContainerName("main"), "", command, args, env, Optional.empty(), List.of());
  }
}
