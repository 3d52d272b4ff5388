package ee.interlink.slurm;

import ee.interlink.batch.AccountName;
import ee.interlink.site.SshTarget;
import java.nio.file.Path;

/** The login node, without the account. */
record Login(String host, int port, Path key, Path knownHosts) {
  SshTarget as(AccountName account) {
    return new SshTarget(host, port, account.value(), key, knownHosts);
  }
}
