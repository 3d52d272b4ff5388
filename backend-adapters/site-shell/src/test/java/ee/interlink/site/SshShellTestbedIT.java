package ee.interlink.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a real OpenSSH server with Ed25519 keys on both sides. */
@Tag("testbed")
class SshShellTestbedIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private SshShell shell;

  @BeforeEach
  void log_in() throws Exception {
    Properties testbed = testbed();
    shell =
        SshShell.connect(
            new SshTarget(
                testbed.getProperty("TESTBED_SSH_HOST"),
                Integer.parseInt(testbed.getProperty("TESTBED_SSH_PORT")),
                "alice",
                Path.of(testbed.getProperty("TESTBED_SSH_KEY")),
                Path.of(testbed.getProperty("TESTBED_SSH_KNOWN_HOSTS"))));
  }

  @AfterEach
  void log_out() {
    shell.close();
  }

  @Test
  void many_bytes_in_and_out_at_once_do_not_lock_up() throws Exception {
    byte[] input = "0123456789".repeat(300_000).getBytes(StandardCharsets.US_ASCII);
    Command cat = new Command(List.of("cat"), Input.of(input), LIMIT, input.length);
    assertThat(shell.run(cat).output()).isEqualTo(input);
  }

  @Test
  void a_command_costs_no_login() throws Exception {
    long[] micros = new long[40];
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      assertThat(shell.run(Command.of(List.of("true"), LIMIT)).status()).isZero();
      micros[i] = (System.nanoTime() - start) / 1000;
    }
    Arrays.sort(micros);
    System.out.println("exec of true, median: " + micros[micros.length / 2] + " us");
    assertThat(micros[micros.length / 2]).isLessThan(40_000);
  }

  private static Properties testbed() throws IOException {
    String file = System.getenv().getOrDefault("TESTBED_ENV", "/opt/testbed/testbed.env");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    }
    return properties;
  }
}
