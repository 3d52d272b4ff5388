package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.site.LocalShell;
import ee.interlink.site.SiteShell;
import ee.interlink.site.jobs.Door;
import ee.interlink.site.jobs.SiteConnection;
import ee.interlink.site.jobs.SiteSettings;
import java.time.Clock;
import java.util.Map;

/**
 * The driver for HTCondor 10 and later, by its commands: those of a submit host, or those of any
 * host for a remote schedd.
 */
public final class HtcondorDriver implements BatchDriver {
  private final Door door;

  public HtcondorDriver() {
    this(Door::open);
  }

  HtcondorDriver(Door door) {
    this.door = door;
  }

  @Override
  public String name() {
    return "htcondor";
  }

  @Override
  public void check(BackendSettings backend) throws InvalidSettingException {
    HtcondorSettings.read(backend);
  }

  @Override
  public void check(BackendSettings backend, JobRequest request) throws InvalidRequestException {
    if (SiteSettings.mayRefuse(request, backend) || HtcondorSettings.anyAskedBy(request)) {
      HtcondorSettings settings = checked(backend);
      settings.site().check(request);
      Map<HtcondorAnnotation, String> unused = settings.askedBy(request);
    }
  }

  /** A job that runs far from its folder sees nothing of what is put there. */
  @Override
  public boolean updates(BackendSettings backend) {
    return checked(backend).remote().isEmpty();
  }

  @Override
  public DriverConnection connect(BackendSettings backend, AccountName account)
      throws BatchException {
    HtcondorSettings settings = checked(backend);
    return new SiteConnection(
        enter(settings, account),
        settings.siteOf(account),
        new HtcondorScheduler(settings, account),
        Clock.systemUTC());
  }

  /** With a token of the account it does not matter who runs the commands. */
  private SiteShell enter(HtcondorSettings settings, AccountName account) throws BatchException {
    if (settings.remote().isPresent() && settings.site().login().isEmpty()) {
      settings.remote().get().check(account);
      return new LocalShell();
    }
    return door.enter(settings.site(), account);
  }

  private static HtcondorSettings checked(BackendSettings backend) {
    try {
      return HtcondorSettings.read(backend);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException("settings that have not passed check()", e);
    }
  }
}
