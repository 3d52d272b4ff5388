package ee.interlink.connector;

import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Bytes;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Answers every call, notes it, and fails when the test wants it to. */
final class FakeDriverConnection implements DriverConnection {
  final List<String> calls = new ArrayList<>();
  Optional<BatchException> failure = Optional.empty();
  boolean open = true;
  boolean closed;

  private void noteCall(String name) throws BatchException {
    calls.add(name);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public Optional<JobId> find(PodUid pod) throws BatchException {
    noteCall("find");
    return Optional.of(new JobId("1"));
  }

  @Override
  public List<SubmitOutcome> submit(List<JobRequest> requests) throws BatchException {
    noteCall("submit");
    return requests.stream()
        .<SubmitOutcome>map(request -> new SubmitOutcome.Submitted(new JobId("1")))
        .toList();
  }

  @Override
  public JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    noteCall("report");
    return new JobReports(List.of(), since, Optional.empty());
  }

  @Override
  public void cancel(List<Cancellation> cancellations) throws BatchException {
    noteCall("cancel");
  }

  @Override
  public List<UpdateOutcome> update(List<VolumeUpdate> updates) throws BatchException {
    noteCall("update");
    return updates.stream().map(update -> UpdateOutcome.DONE).toList();
  }

  @Override
  public LogChunk log(JobRef job, LogFile file, LogRange range) throws BatchException {
    noteCall("log");
    return new LogChunk(0, new byte[0]);
  }

  @Override
  public void discard(PodUid pod) throws BatchException {
    noteCall("discard");
  }

  @Override
  public Capacity capacity() throws BatchException {
    noteCall("capacity");
    return new Capacity(4, Bytes.ofMebibytes(8), 0);
  }

  @Override
  public boolean isOpen() {
    return open && !closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
