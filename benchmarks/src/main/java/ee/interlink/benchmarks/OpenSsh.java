package ee.interlink.benchmarks;

import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.Execution;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** By the OpenSSH client: one master connection, one client process for each command. */
final class OpenSsh implements BareSubmit {
  private final Batch batch;
  private final Testbed testbed;
  private final Path socket;
  private final Process master;

  OpenSsh(Bench bench) throws IOException {
    this.batch = bench.batch();
    this.testbed = bench.testbed();
    Path scratch = bench.scratch();
    this.socket = scratch.resolve("ssh.sock");
    master =
        new ProcessBuilder(ssh("-M", "-N"))
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("ssh.log").toFile())
            .start();
    await("the master connection, see " + scratch)
        .atMost(Duration.ofSeconds(15))
        .until(() -> Execution.of(ssh("-O", "check")).exitCode() == 0);
  }

  @Override
  public void submit(String jobName) {
    List<String> remote = batch.submission(jobName).stream().map(word -> "'" + word + "'").toList();
    Execution.of(ssh(String.join(" ", remote))).output();
  }

  private List<String> ssh(String... words) {
    List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-S", socket.toString()));
    command.addAll(List.of("-i", testbed.setting("TESTBED_SSH_KEY")));
    command.addAll(List.of("-p", testbed.setting("TESTBED_SSH_PORT")));
    command.add("-oUserKnownHostsFile=" + testbed.setting("TESTBED_SSH_KNOWN_HOSTS"));
    command.add("-oBatchMode=yes");
    List<String> rest = new ArrayList<>(List.of(words));
    String destination = BareSubmit.user() + "@" + testbed.setting("TESTBED_SSH_HOST");
    rest.add(words[0].startsWith("-") ? rest.size() : 0, destination);
    command.addAll(rest);
    return command;
  }

  @Override
  public void close() {
    master.destroy();
  }
}
