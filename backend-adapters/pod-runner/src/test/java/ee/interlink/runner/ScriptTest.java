package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
  @TempDir Path folder;

  @Test
  void script_and_java_are_of_one_version() {
    assertThat(new String(PodRunner.script(), UTF_8))
        .contains("\nRUNNER_VERSION=" + PodRunner.VERSION + "\n");
  }

  @Test
  void bash_accepts_the_script() throws Exception {
    assertThat(check("bash", "-n")).isEmpty();
  }

  @Test
  void shellcheck_has_nothing_to_say() throws Exception {
    boolean there = new ProcessBuilder("bash", "-c", "type shellcheck").start().waitFor() == 0;
    if (!there) {
      assertThat(System.getenv("CI")).as("shellcheck is missing").isNotEqualTo("true");
      Assumptions.abort("shellcheck is not installed");
    }
    // The parts are checked as they stand, with their directives; here it is how they fit together.
    assertThat(
            check(
                "shellcheck",
                "--shell=bash",
                "--external-sources",
                "--source-path=SCRIPTDIR",
                "--exclude=SC2016,SC2059,SC2086,SC2317"))
        .isEmpty();
  }

  @Test
  void nothing_in_the_script_evaluates_text() {
    assertThat(new String(PodRunner.script(), UTF_8))
        .doesNotContainPattern("(?m)^\\s*(eval|source|\\.)\\s")
        .doesNotContainPattern("(?m)^[^#]*\\bsh -c\\b");
  }

  private String check(String... command) throws IOException {
    Files.write(folder.resolve("pod-care.sh"), PodRunner.care());
    Path script = Files.write(folder.resolve("pod-runner.sh"), PodRunner.script());
    ProcessBuilder check = new ProcessBuilder(command).redirectErrorStream(true);
    check.command().add(script.toString());
    return new String(check.start().getInputStream().readAllBytes(), UTF_8);
  }
}
