package ee.interlink.benchmarks;

import ee.interlink.testbed.Memory;
import ee.interlink.testbed.Server;

/** How much memory a server has taken, moment by moment. */
final class ResidentMemory {
  private final Server server;
  private final Table table =
      new Table("resident memory of the server, in MB", "when", "now", "peak so far");

  ResidentMemory(Server server) {
    this.server = server;
  }

  void now(String when) {
    Memory memory = server.memory();
    table.row(when, megabytes(memory.residentKiB()), megabytes(memory.peakKiB()));
  }

  Table table() {
    return table;
  }

  static String megabytes(long kibibytes) {
    return Long.toString(Math.round(kibibytes * 1024 / 1e6));
  }
}
