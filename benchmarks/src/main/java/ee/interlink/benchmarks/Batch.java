package ee.interlink.benchmarks;

import ee.interlink.testbed.BatchSystem;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.util.List;

/** A batch system to measure: what its own commands and its own log say. */
interface Batch {
  BatchSystem system(Testbed testbed);

  /** The command that submits. */
  String command();

  /** A submission by hand of a job that waits for ever. */
  List<String> submission(String jobName);

  /**
   * What submits by hand, to be closed by the caller.
   *
   * @param server with what they are compared
   * @param atOnce how many submissions there may be at the same time
   */
  default List<Client> clients(Bench bench, Server server, int atOnce)
      throws IOException, InterruptedException {
    String bare = "bare " + command();
    return List.of(
        new Client(bare + ", OpenSSH client, multiplexed", new OpenSsh(bench)),
        new Client(bare + ", MINA, open session", new MinaSsh(bench, atOnce)));
  }

  /** A client under its name for the tables. */
  record Client(String title, BareSubmit bare) implements AutoCloseable {
    WayIn way() {
      return WayIn.bare(title, bare);
    }

    @Override
    public void close() {
      bare.close();
    }
  }

  /** Begins with the next job. */
  QueueLog queueLog(Testbed testbed);

  /** Lets it forget our jobs that have ended, if they are still in its way. */
  void forget(Testbed testbed);

  /** Of its programs. */
  String version(Testbed testbed);
}
