package ee.interlink.site.jobs;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.site.LocalShell;
import ee.interlink.site.SiteException;
import ee.interlink.site.SiteShell;
import ee.interlink.site.SshShell;

/** How to get to a host that has the scheduler's commands. */
@FunctionalInterface
public interface Door {

  /** A shell of this account, for whoever calls to close. */
  SiteShell enter(SiteSettings settings, AccountName account) throws BatchException;

  /**
   * This host, or the one that the settings name.
   *
   * @throws NotAuthorisedException if the account is not let in, or is another than this process's
   *     and no host is named
   */
  static SiteShell open(SiteSettings settings, AccountName account) throws BatchException {
    if (settings.login().isPresent()) {
      try {
        return SshShell.connect(settings.login().get().as(account));
      } catch (SiteException e) {
        throw Site.explained(e);
      }
    }
    String self = System.getProperty("user.name");
    if (!self.equals(account.value())) {
      throw new NotAuthorisedException(
          "this process runs as " + self + " and submits here as nobody else, not as " + account);
    }
    return new LocalShell();
  }
}
