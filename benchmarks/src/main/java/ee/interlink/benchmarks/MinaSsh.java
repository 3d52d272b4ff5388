package ee.interlink.benchmarks;

import ee.interlink.site.Command;
import ee.interlink.site.CommandResult;
import ee.interlink.site.SiteException;
import ee.interlink.site.SshShell;
import ee.interlink.site.SshTarget;
import ee.interlink.testbed.Testbed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** By the SSH library that the server itself uses: sessions in this process, no client process. */
final class MinaSsh implements BareSubmit {
  private final Batch batch;
  private final List<SshShell> all = new ArrayList<>();
  private final BlockingQueue<SshShell> idle;

  MinaSsh(Bench bench, int sessions) throws InterruptedException {
    batch = bench.batch();
    Testbed testbed = bench.testbed();
    SshTarget target =
        new SshTarget(
            testbed.setting("TESTBED_SSH_HOST"),
            Integer.parseInt(testbed.setting("TESTBED_SSH_PORT")),
            BareSubmit.user(),
            Path.of(testbed.setting("TESTBED_SSH_KEY")),
            Path.of(testbed.setting("TESTBED_SSH_KNOWN_HOSTS")));
    try {
      for (int i = 0; i < sessions; i++) {
        all.add(SshShell.connect(target));
      }
    } catch (SiteException e) {
      close();
      throw new IllegalStateException("no session with " + target, e);
    }
    idle = new LinkedBlockingQueue<>(all);
  }

  @Override
  public void submit(String jobName) {
    try {
      SshShell shell = idle.take();
      try {
        CommandResult result =
            shell.run(Command.of(batch.submission(jobName), Duration.ofSeconds(30)));
        if (result.status() != 0) {
          throw new IllegalStateException(batch.command() + " said: " + result.errors());
        }
      } finally {
        idle.add(shell);
      }
    } catch (SiteException e) {
      throw new IllegalStateException("no submission by SSH", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    all.forEach(SshShell::close);
  }
}
