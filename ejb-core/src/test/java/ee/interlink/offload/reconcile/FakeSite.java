package ee.interlink.offload.reconcile;

import ee.interlink.backends.BackendCall;
import ee.interlink.backends.BackendGateway;
import ee.interlink.batch.AccountName;
import ee.interlink.batch.BatchConnection;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.Cancellation;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.LogChunk;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.SubmitOutcome;
import ee.interlink.batch.SubmitOutcome.NotSubmitted;
import ee.interlink.batch.SubmitOutcome.Submitted;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.VolumeUpdate;
import ee.interlink.configuration.Backend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A batch system of one table, and the way to it; writes down what it is asked. */
final class FakeSite extends BackendGateway implements BatchConnection {
  /** Where the last round stood. */
  record Round(int number) implements ReportCursor {}

  final Map<PodUid, JobId> jobs = new HashMap<>();
  final List<String> calls = new ArrayList<>();
  final List<JobReport> toTell = new ArrayList<>();
  final List<ReportCursor> cursors = new ArrayList<>();
  Optional<String> outage = Optional.empty();

  /** Thrown by each call until taken away. */
  BatchException fault;

  /** What becomes of the submission of one pod, whatever else goes with it. */
  final Map<PodUid, BatchException> faults = new HashMap<>();

  /** Thrown by a submission that came through nevertheless. */
  BatchException lostAnswer;

  private <T> T call(BackendCall<T> call) throws BatchException {
    return call.on(this);
  }

  private void asked(String what) throws BatchException {
    calls.add(what);
    if (fault != null) {
      throw fault;
    }
  }

  @Override
  public <T> T once(Backend backend, AccountName account, BackendCall<T> call)
      throws BatchException {
    return call(call);
  }

  @Override
  public <T> T again(Backend backend, AccountName account, BackendCall<T> call)
      throws BatchException {
    return call(call);
  }

  @Override
  public <T> T watch(Backend backend, AccountName account, BackendCall<T> call)
      throws BatchException {
    return call(call);
  }

  @Override
  public Optional<JobId> find(PodUid pod) throws BatchException {
    asked("find");
    return Optional.ofNullable(jobs.get(pod));
  }

  @Override
  public List<SubmitOutcome> submit(List<JobRequest> requests) throws BatchException {
    calls.add("submit" + (requests.size() == 1 ? "" : " " + requests.size()));
    if (fault instanceof JobRejectedException) {
      return requests.stream().<SubmitOutcome>map(r -> new NotSubmitted(fault)).toList();
    }
    if (fault != null) {
      throw fault;
    }
    List<SubmitOutcome> outcomes = new ArrayList<>();
    for (JobRequest request : requests) {
      BatchException own = faults.get(request.pod());
      if (own != null) {
        outcomes.add(new NotSubmitted(own));
      } else {
        JobId job = new JobId(String.valueOf(jobs.size() + 1));
        jobs.put(request.pod(), job);
        outcomes.add(new Submitted(job));
      }
    }
    if (lostAnswer != null) {
      throw lostAnswer;
    }
    return outcomes;
  }

  /** Tells what is to be told until the cursor shows that it was kept. */
  @Override
  public JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    asked("report");
    cursors.add(since);
    int number = since instanceof Round round ? round.number() : 0;
    return new JobReports(toTell, new Round(number + 1), outage);
  }

  @Override
  public void cancel(List<Cancellation> cancellations) throws BatchException {
    List<String> seconds =
        cancellations.stream().map(each -> String.valueOf(each.grace().toSeconds())).toList();
    asked("cancel " + String.join(", ", seconds));
  }

  @Override
  public List<UpdateOutcome> update(List<VolumeUpdate> updates) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LogChunk log(JobRef job, LogFile file, LogRange range) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void discard(PodUid pod) throws BatchException {
    asked("discard");
  }

  @Override
  public Capacity capacity() {
    return new Capacity(1, new Bytes(1), 0);
  }

  @Override
  public void close() {}
}
