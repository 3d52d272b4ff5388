package ee.interlink.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./run} says before it does anything. */
class RunScriptTest {
  private static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();
  private static final String NO_MANIFEST = "no-such-manifest.yaml";

  @TempDir Path folder;
  private Path tools;

  /** A PATH with the tools of any Linux and without Java and Maven. */
  @BeforeEach
  void only_plain_tools() throws IOException {
    tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool :
        List.of(
            "bash",
            "dirname",
            "realpath",
            "sed",
            "awk",
            "df",
            "seq",
            "id",
            "sha256sum",
            "sort",
            "xargs",
            "find",
            "cat",
            "setsid",
            "flock",
            "readlink",
            "head")) {
      Path real =
          Stream.of("/usr/bin", "/bin")
              .map(bin -> Path.of(bin, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      program(tool, "exec " + real + " \"$@\"");
    }
  }

  @Test
  void all_that_is_missing_is_named_at_once_with_its_remedy() throws Exception {
    Said said = run(NO_MANIFEST);
    assertThat(said.code).isEqualTo(125);
    assertThat(said.words)
        .contains("there is no Java on this machine", "openjdk-17-jdk")
        .contains("there is no file " + NO_MANIFEST, "examples/hello-pod.yaml");
  }

  @Test
  void a_port_that_was_asked_for_and_is_taken_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Said said = run("--port", port, NO_MANIFEST);
      assertThat(said.code).isEqualTo(125);
      assertThat(said.words).contains("port " + port + " is taken by");
    }
  }

  @Test
  void a_word_that_is_no_port_is_named() throws Exception {
    assertThat(run("--port", "http", NO_MANIFEST).words).contains("--port http is no port");
  }

  @Test
  void a_java_that_is_too_old_is_named_with_its_version() throws Exception {
    program("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    assertThat(run(NO_MANIFEST).words).contains("Java 17 or newer is needed, java is 11");
  }

  @Test
  void an_empty_manifest_is_named() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.yaml"));
    assertThat(run(empty.toString()).words).contains(empty + " is empty");
  }

  @Test
  void nothing_is_made_before_all_is_well() throws Exception {
    run(NO_MANIFEST);
    assertThat(folder.resolve("home")).doesNotExist();
  }

  private void program(String name, String line) throws IOException {
    Path file = Files.writeString(tools.resolve(name), "#!/bin/bash\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private record Said(int code, String words) {}

  private Said run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(tools.resolve("bash").toString());
    command.add(REPOSITORY.resolve("run").toString());
    command.addAll(List.of(words));
    ProcessBuilder run = new ProcessBuilder(command).redirectErrorStream(true);
    run.environment().clear();
    run.environment()
        .putAll(
            Map.of(
                "PATH",
                tools.toString(),
                "HOME",
                folder.toString(),
                "INTERLINK_HOME",
                folder.resolve("home").toString()));
    Process process = run.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), said);
  }
}
