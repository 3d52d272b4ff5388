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
import ee.interlink.runner.ContainerRuntime;
import ee.interlink.runner.JobDirectory;
import ee.interlink.runner.JobFiles;
import ee.interlink.site.CommandResult;
import ee.interlink.site.Input;
import ee.interlink.site.SiteShell;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One account's way into one batch system. Used by one thread at a time. */
public final class SiteConnection implements DriverConnection {
  private static final int CAPACITY_ANSWER = 8 << 20;
  private static final int HEAD = 32;

  private final Site site;
  private final SiteSettings settings;
  private final Scheduler scheduler;
  private final Submission submission;
  private final Observation observation;
  private ContainerRuntime runtime;

  /**
   * @param shell of the account; closed with this connection
   * @param clock by which the queue is asked no more often than the settings say
   */
  public SiteConnection(SiteShell shell, SiteSettings settings, Scheduler scheduler, Clock clock) {
    this.site = new Site(shell, settings, scheduler);
    this.settings = settings;
    this.scheduler = scheduler;
    this.submission = new Submission(site, settings, scheduler);
    this.observation = new Observation(site, settings, scheduler, clock);
  }

  @Override
  public Optional<JobId> find(PodUid pod) throws BatchException {
    List<String> arguments = List.of(pod.value(), settings.accounting().word());
    return JobAnswer.of(site.ask(Script.FIND, arguments), scheduler);
  }

  @Override
  public List<SubmitOutcome> submit(List<JobRequest> requests) throws BatchException {
    return submission.submit(requests, runtime());
  }

  @Override
  public JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    return observation.report(live, since);
  }

  @Override
  public void cancel(List<Cancellation> cancellations) throws BatchException {
    StringBuilder lines = new StringBuilder();
    for (Cancellation each : cancellations) {
      Duration grace = each.grace();
      String seconds = new String(JobFiles.seconds(grace), StandardCharsets.US_ASCII).strip();
      long whole = grace.plusSeconds(1).minusNanos(1).toSeconds();
      JobRef job = each.job();
      lines.append(job.pod()).append(' ').append(job.job()).append(' ');
      lines.append(seconds).append(' ').append(whole).append('\n');
    }
    byte[] wanted = lines.toString().getBytes(StandardCharsets.US_ASCII);
    ask(Script.CANCEL, List.of(), Input.of(wanted), Site.SHORT_ANSWER);
  }

  @Override
  public List<UpdateOutcome> update(List<VolumeUpdate> updates) throws BatchException {
    return new VolumeUpdating(site, scheduler).update(updates);
  }

  @Override
  public LogChunk log(JobRef job, LogFile file, LogRange range) throws BatchException {
    // The text at the site puts the backend's directory before it, as it does for all paths.
    String path = new JobDirectory(".", job.pod()).log(file);
    CommandResult result =
        ask(
            Script.LOG,
            List.of(path, Long.toString(range.offset()), Integer.toString(range.limit())),
            Input.NONE,
            range.limit() + HEAD);
    return LogAnswer.parse(result);
  }

  @Override
  public void discard(PodUid pod) throws BatchException {
    ask(Script.DISCARD, pod.value());
  }

  @Override
  public Capacity capacity() throws BatchException {
    CommandResult result =
        ask(Script.CAPACITY, scheduler.capacityArguments(), Input.NONE, CAPACITY_ANSWER);
    return scheduler.capacity(result.text());
  }

  private ContainerRuntime runtime() throws BatchException {
    if (runtime == null) {
      runtime = runtimeOfTheSite();
    }
    return runtime;
  }

  private ContainerRuntime runtimeOfTheSite() throws BatchException {
    boolean apptainer =
        switch (settings.runtime()) {
          case APPTAINER -> true;
          case NONE -> false;
          case AUTO -> ask(Script.RUNTIME, settings.apptainer()).text().equals("yes\n");
        };
    return apptainer
        ? new ContainerRuntime.Apptainer(
            settings.apptainer(), settings.imagePrefix(), settings.apptainerOptions())
        : new ContainerRuntime.Processes();
  }

  private CommandResult ask(Script script, String... arguments) throws BatchException {
    return ask(script, List.of(arguments), Input.NONE, Site.SHORT_ANSWER);
  }

  private CommandResult ask(Script script, List<String> arguments, Input input, int outputLimit)
      throws BatchException {
    CommandResult result = site.ask(script, arguments, input, outputLimit);
    if (result.status() != 0) {
      throw Site.failed(result, scheduler);
    }
    return result;
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
