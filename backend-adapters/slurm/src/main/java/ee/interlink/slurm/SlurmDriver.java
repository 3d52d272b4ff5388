package ee.interlink.slurm;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.site.jobs.Door;
import ee.interlink.site.jobs.SchedulerAnnotations;
import ee.interlink.site.jobs.ServiceConnection;
import ee.interlink.site.jobs.SiteConnection;
import ee.interlink.site.jobs.SiteSettings;
import java.time.Clock;
import java.util.Map;

/**
 * The driver for Slurm: 20.11 and later by sbatch, squeue, sacct, scancel and sinfo, 23.11 and
 * later by slurmrestd.
 */
public final class SlurmDriver implements BatchDriver {
  private final Door door;

  public SlurmDriver() {
    this(Door::open);
  }

  SlurmDriver(Door door) {
    this.door = door;
  }

  @Override
  public String name() {
    return "slurm";
  }

  @Override
  public void check(BackendSettings backend) throws InvalidSettingException {
    SlurmSettings.read(backend);
  }

  @Override
  public void check(BackendSettings backend, JobRequest request) throws InvalidRequestException {
    if (SiteSettings.mayRefuse(request, backend)
        || SchedulerAnnotations.anyOf(SlurmAnnotation.PREFIX, request)
        || PublishedSlurm.anyOf(request)) {
      SlurmSettings settings = checked(backend);
      settings.site().check(PublishedSlurm.withImageRoot(request));
      Map<SlurmAnnotation, String> unused = settings.askedBy(request);
    }
  }

  @Override
  public DriverConnection connect(BackendSettings backend, AccountName account)
      throws BatchException {
    SlurmSettings settings = checked(backend);
    if (settings.rest().isPresent()) {
      return byService(settings, settings.rest().get(), account);
    }
    return new SiteConnection(
        door.enter(settings.site(), account),
        settings.site(),
        new SlurmScheduler(settings),
        Clock.systemUTC());
  }

  private DriverConnection byService(SlurmSettings settings, RestSettings rest, AccountName account)
      throws BatchException {
    SiteSettings site = settings.site();
    Slurmrestd service = RestDoor.enter(rest, account, site.commandTimeout());
    return new ServiceConnection(
        door.enter(site, account),
        site,
        new SlurmService(service, settings, account, Clock.systemUTC()),
        Clock.systemUTC());
  }

  private static SlurmSettings checked(BackendSettings backend) {
    try {
      return SlurmSettings.read(backend);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException("settings that have not passed check()", e);
    }
  }
}
