package ee.interlink.site.jobs;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the texts that run at the site, whatever the scheduler. */
public abstract class ScriptContract {
  /** What one argument of a process can hold on Linux is 128 KiB. */
  private static final int LONGEST = 24 * 1024;

  private static final List<String> FUNCTIONS =
      List.of(
          "is_job_id",
          "needs_variable",
          "find_in_scheduler",
          "submit_job",
          "submit_rest",
          "ask_queue",
          "ask_accounting",
          "ask_capacity",
          "tell_runner",
          "end_job",
          "log_file",
          "forget_job",
          "is_out_of_memory");

  protected abstract SiteScheduler scheduler() throws Exception;

  /** What the text of a scheduler has to define. */
  protected List<String> functions() {
    return FUNCTIONS;
  }

  @ParameterizedTest
  @EnumSource(Script.class)
  void every_text_is_bash_and_short(Script script) throws Exception {
    assertThat(run(text(script), "bash", "-n").errors()).isEmpty();
    assertThat(text(script).length()).isLessThan(LONGEST);
  }

  @ParameterizedTest
  @EnumSource(Script.class)
  void every_text_passes_the_linter(Script script) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")), "no shellcheck on this host");
    assertThat(run(text(script), "shellcheck", "-s", "bash", "-").text()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Script.class)
  void no_text_evaluates_data(Script script) throws Exception {
    assertThat(text(script)).doesNotContainPattern("\\beval\\b|\\bsource\\b|bash -c \"");
  }

  @Test
  void the_schedulers_text_defines_every_function_and_does_nothing_else() throws Exception {
    String text = "shopt -s extglob\n" + scheduler().functions();
    CommandResult result = run(text + "declare -F " + String.join(" ", functions()), "bash");
    assertThat(result.text().lines()).containsExactlyElementsOf(functions());
    assertThat(result.errors()).isEmpty();
  }

  private String text(Script script) throws Exception {
    return script.text(scheduler());
  }

  private static CommandResult run(String text, String... argv) throws Exception {
    try (LocalShell shell = new LocalShell()) {
      Input input = Input.of(text.getBytes(StandardCharsets.UTF_8));
      return shell.run(new Command(List.of(argv), input, Duration.ofSeconds(30), 1 << 20));
    }
  }
}
