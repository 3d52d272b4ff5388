package ee.interlink.site.jobs;

import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Cancellation;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.LogChunk;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.SubmitOutcome;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.VolumeUpdate;
import ee.interlink.site.CommandResult;
import ee.interlink.site.Input;
import ee.interlink.site.SiteShell;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One account's way into one batch system. Used by one thread at a time. */
public final class SiteConnection implements DriverConnection {
  private static final int CAPACITY_ANSWER = 8 << 20;

  private final Site site;
  private final SiteSettings settings;
  private final Scheduler scheduler;
  private final Folders folders;
  private final Submission submission;
  private final Observation observation;

  /**
   * @param shell of the account; closed with this connection
   * @param clock by which the queue is asked no more often than the settings say
   */
  public SiteConnection(SiteShell shell, SiteSettings settings, Scheduler scheduler, Clock clock) {
    this.site = new Site(shell, settings, scheduler);
    this.settings = settings;
    this.scheduler = scheduler;
    this.folders = new Folders(site, settings, scheduler);
    this.submission = new Submission(site, settings, scheduler);
    this.observation =
        new Observation(new ByCommand(folders, settings, scheduler), settings, clock);
  }

  @Override
  public Optional<JobId> find(PodUid pod) throws BatchException {
    List<String> arguments = List.of(pod.value(), settings.accounting().word());
    return JobAnswer.of(site.ask(Script.FIND, arguments), scheduler);
  }

  @Override
  public List<SubmitOutcome> submit(List<JobRequest> requests) throws BatchException {
    return submission.submit(requests, folders.runtime());
  }

  @Override
  public JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    return observation.report(live, since);
  }

  @Override
  public void cancel(List<Cancellation> cancellations) throws BatchException {
    folders.cancel(cancellations);
  }

  @Override
  public List<UpdateOutcome> update(List<VolumeUpdate> updates) throws BatchException {
    return folders.update(updates);
  }

  @Override
  public LogChunk log(JobRef job, LogFile file, LogRange range) throws BatchException {
    return folders.log(job, file, range);
  }

  @Override
  public void discard(PodUid pod) throws BatchException {
    folders.discard(pod);
  }

  @Override
  public Capacity capacity() throws BatchException {
    CommandResult result =
        folders.ask(Script.CAPACITY, scheduler.capacityArguments(), Input.NONE, CAPACITY_ANSWER);
    return scheduler.capacity(result.text());
  }

  @Override
  public boolean isOpen() {
    return site.isOpen();
  }

  @Override
  public void close() {
    site.close();
  }
}
