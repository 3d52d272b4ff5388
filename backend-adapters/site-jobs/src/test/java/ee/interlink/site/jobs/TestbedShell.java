package ee.interlink.site.jobs;

import ee.interlink.batch.AccountName;
import ee.interlink.site.Command;
import ee.interlink.site.CommandResult;
import ee.interlink.site.LocalShell;
import ee.interlink.site.SiteException;
import ee.interlink.site.SiteShell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What commands on this host are to a service that runs as an account of the testbed: started there
 * without any SSH.
 */
final class TestbedShell implements SiteShell {
  private final LocalShell shell;
  private final AccountName account;

  TestbedShell(String root, AccountName account) {
    this.shell = new LocalShell(Map.of("PATH", System.getenv("PATH"), "TESTBED_ROOT", root));
    this.account = account;
  }

  @Override
  public CommandResult run(Command command) throws SiteException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("../../testbed/exec.sh", "-u", account.value()));
    argv.addAll(command.argv());
    return shell.run(new Command(argv, command.input(), command.limit(), command.outputLimit()));
  }

  @Override
  public boolean isOpen() {
    return shell.isOpen();
  }

  @Override
  public void close() {
    shell.close();
  }
}
