package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ee.interlink.site.Command;
import ee.interlink.site.CommandResult;
import ee.interlink.site.Input;
import ee.interlink.site.LocalShell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptTest {
  /** What one argument of a process can hold on Linux is 128 KiB. */
  private static final int LONGEST = 16 * 1024;

  @ParameterizedTest
  @EnumSource(Script.class)
  void every_text_is_bash_and_short(Script script) throws Exception {
    assertThat(run(script, "bash", "-n").errors()).isEmpty();
    assertThat(script.text().length()).isLessThan(LONGEST);
  }

  @ParameterizedTest
  @EnumSource(Script.class)
  void every_text_passes_the_linter(Script script) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")), "no shellcheck on this host");
    assertThat(run(script, "shellcheck", "-s", "bash", "-").text()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Script.class)
  void no_text_evaluates_data(Script script) {
    assertThat(script.text()).doesNotContainPattern("\\beval\\b|\\bsource\\b|bash -c \"");
  }

  private static CommandResult run(Script script, String... argv) throws Exception {
    try (LocalShell shell = new LocalShell()) {
      byte[] text = script.text().getBytes(StandardCharsets.UTF_8);
      return shell.run(new Command(List.of(argv), Input.of(text), Duration.ofSeconds(30), 1 << 20));
    }
  }
}
