package ee.interlink.site.jobs;

import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Cancellation;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
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
import ee.interlink.runner.JobFile;
import ee.interlink.runner.JobFiles;
import ee.interlink.site.Input;
import ee.interlink.site.SiteShell;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One account's way into a batch system that is a service: it takes jobs, and says how they are.
 * What they say themselves is read by a shell where their folders lie. Used by one thread at a
 * time.
 */
public final class ServiceConnection implements DriverConnection {
  private static final int REMEMBERED = 1000;

  private final Site site;
  private final SiteSettings settings;
  private final SchedulerService service;
  private final Folders folders;
  private final Observation observation;
  private Optional<String> directory = Optional.empty();

  /** So that a pod submitted twice here is one job, also before the scheduler can be asked. */
  private final Map<PodUid, JobId> submitted =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PodUid, JobId> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param shell of the account, where the folders of its jobs can be seen; closed with this
   *     connection, as is the service
   * @param clock by which the queue is asked no more often than the settings say
   */
  public ServiceConnection(
      SiteShell shell, SiteSettings settings, SchedulerService service, Clock clock) {
    this.site = new Site(shell, settings, service);
    this.settings = settings;
    this.service = service;
    this.folders = new Folders(site, settings, service);
    this.observation = new Observation(new ByService(folders, settings, service), settings, clock);
  }

  @Override
  public Optional<JobId> find(PodUid pod) throws BatchException {
    return service.find(pod);
  }

  /** One request for each, one after the other over one connection, which is what is fastest. */
  @Override
  public List<SubmitOutcome> submit(List<JobRequest> requests) throws BatchException {
    long end = System.nanoTime() + settings.commandTimeout().toNanos();
    String place = directory();
    List<SubmitOutcome> outcomes = new ArrayList<>();
    for (JobRequest request : requests) {
      outcomes.add(
          !outcomes.isEmpty() && System.nanoTime() > end
              ? new SubmitOutcome.NotSubmitted(SubmitAnswer.tooSlow(service))
              : submit(request, place));
    }
    return outcomes;
  }

  private SubmitOutcome submit(JobRequest asked, String place) throws BatchException {
    JobRequest request = service.meant(asked);
    JobId before = submitted.get(request.pod());
    if (before != null) {
      return new SubmitOutcome.Submitted(before);
    }
    try {
      settings.check(request);
      List<JobFile> files = JobFiles.data(request, folders.runtime(), settings.runner());
      JobId job = service.submit(request, files, place);
      submitted.put(request.pod(), job);
      return new SubmitOutcome.Submitted(job);
    } catch (InvalidRequestException e) {
      // The door has let it in; settings may have changed since.
      return new SubmitOutcome.NotSubmitted(new JobRejectedException(e.getMessage(), e));
    } catch (BatchException e) {
      return new SubmitOutcome.NotSubmitted(e);
    }
  }

  /** Where the jobs' folders lie, with what must be there before the first job begins. */
  private String directory() throws BatchException {
    if (directory.isEmpty()) {
      String answer = folders.ask(Script.PREPARE, List.of(), Input.NONE, Site.SHORT_ANSWER).text();
      directory = Optional.of(answer.strip());
    }
    return directory.get();
  }

  @Override
  public JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    return observation.report(live, since);
  }

  /** By what stands in a job's folder it is decided whether there is a runner to be told. */
  @Override
  public void cancel(List<Cancellation> cancellations) throws BatchException {
    for (String line : folders.cancel(cancellations).lines().toList()) {
      String[] words = line.split(" ", -1);
      JobRef job = new JobRef(new PodUid(words[1]), new JobId(words[2]));
      if (words[0].equals("tell")) {
        service.tell(job);
      } else {
        service.end(job);
      }
    }
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
    submitted.remove(pod);
  }

  @Override
  public Capacity capacity() throws BatchException {
    return service.capacity();
  }

  @Override
  public boolean isOpen() {
    return site.isOpen();
  }

  @Override
  public void close() {
    service.close();
    site.close();
  }
}
