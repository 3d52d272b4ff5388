package ee.interlink.benchmarks;

import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;

/** Commands that the user of the jobs has given over SSH, by the log of sshd. */
final class SshCommands {
  private static final String COMMAND = "Starting session: command for " + Testbed.USER + " ";

  private SshCommands() {}

  static long soFar(Testbed testbed) throws IOException {
    try (Stream<String> lines = Files.lines(testbed.outside("/var/log/testbed/sshd.log"))) {
      return lines.filter(line -> line.startsWith(COMMAND)).count();
    }
  }
}
