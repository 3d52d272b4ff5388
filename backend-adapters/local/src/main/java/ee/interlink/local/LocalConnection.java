package ee.interlink.local;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Cancellation;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
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
import ee.interlink.runner.JobFile;
import ee.interlink.runner.JobFiles;
import ee.interlink.runner.RunnerSettings;
import ee.interlink.runner.SpoolEntry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asks the files of the backend's folder and {@code /proc}; only a submission starts a process. */
final class LocalConnection implements BatchDriver.DriverConnection {
  private final LocalFolder folder;
  private final ContainerRuntime runtime;
  private final RunnerSettings settings;
  private final Clock clock;
  private volatile boolean open = true;

  LocalConnection(
      LocalFolder folder, ContainerRuntime runtime, RunnerSettings settings, Clock clock) {
    this.folder = folder;
    this.runtime = runtime;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Optional<JobId> find(PodUid pod) throws BatchException {
    return asking(() -> folder.job(pod).claim().map(RunnerProcess::jobId));
  }

  @Override
  public List<SubmitOutcome> submit(List<JobRequest> requests) {
    return requests.stream().map(this::outcome).toList();
  }

  private SubmitOutcome outcome(JobRequest request) {
    try {
      return new SubmitOutcome.Submitted(submit(request));
    } catch (BatchException e) {
      return new SubmitOutcome.NotSubmitted(e);
    }
  }

  private JobId submit(JobRequest request) throws BatchException {
    List<JobFile> files = JobFiles.of(request, runtime, settings);
    Optional<JobId> earlier = find(request.pod());
    return earlier.isPresent()
        ? earlier.get()
        : asking(() -> new LocalSubmission(folder.job(request.pod())).submit(files));
  }

  @Override
  public JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    return asking(
        () -> {
          if (since instanceof LocalCursor cursor) {
            folder.forget(cursor.taken());
          }
          List<SpoolEntry> events = folder.events();
          List<JobReport> reports = new ArrayList<>();
          for (SpoolEntry event : events) {
            reports.add(
                event.hasMessage()
                    ? folder.job(event.pod()).state().report(event)
                    : event.report(""));
          }
          for (JobRef job : live) {
            addWord(job, reports);
          }
          return new JobReports(reports, new LocalCursor(events), Optional.empty());
        });
  }

  /** With the word of a job's end come all its facts: nobody asks for it again. */
  private void addWord(JobRef ref, List<JobReport> reports)
      throws IOException, InterruptedException {
    LocalJob job = folder.job(ref.pod());
    JobReport.Scheduled word = job.word(ref);
    if (word.state().ended()) {
      job.clearAway();
      reports.addAll(job.state().reports());
    }
    reports.add(word);
  }

  @Override
  public void cancel(List<Cancellation> cancellations) throws BatchException {
    for (Cancellation each : cancellations) {
      Optional<RunnerProcess> process = RunnerProcess.of(each.job().job());
      if (process.isPresent()) {
        asking(
            () -> {
              LocalJob job = folder.job(each.job().pod());
              job.cancel(process.get(), each.grace(), clock.instant());
              return job;
            });
      }
    }
  }

  @Override
  public List<UpdateOutcome> update(List<VolumeUpdate> updates) throws BatchException {
    return asking(() -> folder.update(updates));
  }

  @Override
  public LogChunk log(JobRef job, LogFile file, LogRange range) throws BatchException {
    return asking(() -> LogPiece.read(folder.job(job.pod()).log(file), range));
  }

  @Override
  public void discard(PodUid pod) throws BatchException {
    LocalJob job = folder.job(pod);
    asking(
        () -> {
          if (!job.hasLastWord() && job.claim().filter(RunnerProcess::isAlive).isPresent()) {
            throw new BackendUnavailableException("the job of pod " + pod + " still runs");
          }
          folder.discard(pod);
          return job;
        });
  }

  @Override
  public Capacity capacity() throws BatchException {
    return asking(ThisMachine::capacity);
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  private interface Question<T> {
    T ask() throws IOException, InterruptedException, BatchException;
  }

  private <T> T asking(Question<T> question) throws BatchException {
    if (!open) {
      throw new BackendUnavailableException("the connection is closed");
    }
    try {
      return question.ask();
    } catch (IOException e) {
      throw new BackendUnavailableException("this machine's files: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendUnavailableException("interrupted", e);
    }
  }
}
