package ee.interlink.site.jobs;

import ee.interlink.batch.AccountName;
import ee.interlink.site.SshTarget;
import java.nio.file.Path;

/**
 * The login node, without the account.
 *
 * @param key the private key that opens all accounts
 * @param knownHosts the only place where host keys are looked up
 */
public record Login(String host, int port, Path key, Path knownHosts) {
  SshTarget as(AccountName account) {
    return new SshTarget(host, port, account.value(), key, knownHosts);
  }
}
