package ee.interlink.benchmarks;

import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.time.Duration;

/**
 * What a user has asked for so far. Others must not use the same account meanwhile.
 *
 * @param controller requests to slurmctld, by sdiag
 * @param accounting requests to slurmdbd, by sacctmgr
 * @param remote commands over SSH, by the log of sshd
 */
record Requests(long controller, long accounting, long remote) {
  private static final String USER = Testbed.USER;

  static Requests soFar(Testbed testbed) throws IOException {
    long accounting =
        testbed.as("root", "sacctmgr", "-i", "show", "stats").lines().stream()
            .map(String::strip)
            .filter(line -> line.startsWith(USER + " "))
            .mapToLong(line -> Long.parseLong(line.replaceAll(".*count:(\\d+).*", "$1")))
            .sum();
    return new Requests(testbed.slurm().requests(USER), accounting, SshCommands.soFar(testbed));
  }

  Requests since(Requests earlier) {
    return new Requests(
        controller - earlier.controller, accounting - earlier.accounting, remote - earlier.remote);
  }

  static String perMinute(long count, Duration window) {
    return Sample.shown(count * 60.0 / window.toSeconds());
  }
}
