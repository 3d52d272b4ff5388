package ee.interlink.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalShellTest extends SiteShellContract {
  @Override
  SiteShell open() {
    return new LocalShell();
  }

  @Test
  void a_command_sees_only_a_minimal_environment() throws Exception {
    String names = shell.run(bash("compgen -e | sort | tr '\\n' ' '")).text();
    assertThat(names.split(" "))
        .isSubsetOf(
            "HOME", "LANG", "LOGNAME", "OLDPWD", "PATH", "PWD", "SHLVL", "SLURM_CONF", "USER", "_");
  }

  @Test
  void many_bytes_in_and_out_at_once_do_not_lock_up() throws Exception {
    byte[] input = "0123456789".repeat(300_000).getBytes(StandardCharsets.US_ASCII);
    Command cat = new Command(List.of("cat"), Input.of(input), LIMIT, input.length);
    assertThat(shell.run(cat).output()).isEqualTo(input);
  }

  @Test
  void an_absent_program_is_named() {
    Command absent = Command.of(List.of("no-such-program"), Duration.ofSeconds(5));
    assertThatThrownBy(() -> shell.run(absent))
        .isInstanceOf(SiteUnavailableException.class)
        .hasMessageContaining("no-such-program");
  }
}
