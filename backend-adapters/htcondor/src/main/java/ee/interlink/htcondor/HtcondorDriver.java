package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.site.jobs.Door;
import ee.interlink.site.jobs.SiteConnection;
import java.time.Clock;

/** The driver for HTCondor 10 and later, by the commands of a submit host. */
public final class HtcondorDriver implements BatchDriver {

  @Override
  public String name() {
    return "htcondor";
  }

  @Override
  public void check(BackendSettings backend) throws InvalidSettingException {
    HtcondorSettings.read(backend);
  }

  @Override
  public DriverConnection connect(BackendSettings backend, AccountName account)
      throws BatchException {
    HtcondorSettings settings = checked(backend);
    return new SiteConnection(
        Door.open(settings.site(), account),
        settings.site(),
        new HtcondorScheduler(settings),
        Clock.systemUTC());
  }

  private static HtcondorSettings checked(BackendSettings backend) {
    try {
      return HtcondorSettings.read(backend);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException("settings that have not passed check()", e);
    }
  }
}
