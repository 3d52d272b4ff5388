package ee.interlink.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every shell does alike. */
abstract class SiteShellContract {
  static final Duration LIMIT = Duration.ofSeconds(20);
  @TempDir Path folder;
  SiteShell shell;

  abstract SiteShell open() throws Exception;

  @BeforeEach
  void open_shell() throws Exception {
    shell = open();
  }

  @AfterEach
  void close_shell() {
    shell.close();
  }

  @Test
  void the_exit_status_and_both_outputs_come_back() throws Exception {
    CommandResult result = shell.run(bash("echo out; echo err >&2; exit 7"));
    assertThat(result.status()).isEqualTo(7);
    assertThat(result.text()).isEqualTo("out\n");
    assertThat(result.errors()).isEqualTo("err\n");
  }

  @Test
  void arguments_arrive_as_they_are() throws Exception {
    List<String> argv = List.of("printf", "%s|", "a b", "", "$(id)", "it's", "line\nline");
    assertThat(shell.run(Command.of(argv, LIMIT)).text()).isEqualTo("a b||$(id)|it's|line\nline|");
  }

  @Test
  void a_large_input_arrives_whole() throws Exception {
    byte[] input = new byte[3_000_000];
    Command count = new Command(List.of("wc", "-c"), Input.of(input), LIMIT, 100);
    assertThat(shell.run(count).text().strip()).isEqualTo("3000000");
  }

  @Test
  void a_command_that_does_not_read_its_input_still_answers() throws Exception {
    Command deaf =
        new Command(
            List.of("bash", "-c", "exec <&-; exit 3"), Input.of(new byte[5_000_000]), LIMIT, 100);
    assertThat(shell.run(deaf).status()).isEqualTo(3);
  }

  @Test
  void too_long_an_answer_is_an_error_that_says_so() {
    Command talkative = new Command(List.of("printf", "12345"), Input.NONE, LIMIT, 4);
    assertThatThrownBy(() -> shell.run(talkative))
        .isInstanceOf(OutputTooLongException.class)
        .hasMessageContaining("printf said more than 4 bytes");
  }

  @Test
  void a_command_ends_at_its_time_limit() throws Exception {
    Path pid = folder.resolve("pid");
    Command slow =
        Command.of(
            List.of("bash", "-c", "echo $$ >\"$1\"; exec sleep 600", "x", pid.toString()),
            Duration.ofMillis(700));
    assertThatThrownBy(() -> shell.run(slow)).isInstanceOf(CommandTimeoutException.class);
    long process = Long.parseLong(Files.readString(pid).strip());
    await().atMost(LIMIT).until(() -> !runs(process));
  }

  @Test
  void an_interrupt_ends_the_wait() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                shell.run(
                    Command.of(
                        List.of("bash", "-c", ": >\"$1\"; sleep 10", "x", started().toString()),
                        LIMIT));
              } catch (SiteException | InterruptedException e) {
                thrown.set(e);
              }
            });
    waiting.start();
    await().atMost(LIMIT).until(() -> Files.exists(started()));
    waiting.interrupt();
    await().atMost(Duration.ofSeconds(5)).untilAtomic(thrown, v -> assertThat(v).isNotNull());
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void it_is_open_until_it_is_closed() {
    assertThat(shell.isOpen()).isTrue();
    shell.close();
    assertThat(shell.isOpen()).isFalse();
  }

  private Path started() {
    return folder.resolve("started");
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  static Command bash(String text) {
    return Command.of(List.of("bash", "-c", text), LIMIT);
  }
}
