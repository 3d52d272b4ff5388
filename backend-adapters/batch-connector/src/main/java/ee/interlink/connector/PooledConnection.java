package ee.interlink.connector;

import ee.interlink.batch.BatchConnection;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The connection that an application holds between getting and closing it. */
final class PooledConnection implements BatchConnection {
  private volatile BatchManagedConnection managed;

  PooledConnection(BatchManagedConnection managed) {
    this.managed = managed;
  }

  /** Makes sure that the site is reached, so that failing to is known at once. */
  void connect() throws BatchException {
    run(physical -> {});
  }

  @Override
  public Optional<JobId> find(PodUid pod) throws BatchException {
    return call(physical -> physical.find(pod));
  }

  @Override
  public List<SubmitOutcome> submit(List<JobRequest> requests) throws BatchException {
    return call(physical -> physical.submit(requests));
  }

  @Override
  public JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    return call(physical -> physical.report(live, since));
  }

  @Override
  public void cancel(List<Cancellation> cancellations) throws BatchException {
    run(physical -> physical.cancel(cancellations));
  }

  @Override
  public List<UpdateOutcome> update(List<VolumeUpdate> updates) throws BatchException {
    return call(physical -> physical.update(updates));
  }

  @Override
  public LogChunk log(JobRef job, LogFile file, LogRange range) throws BatchException {
    return call(physical -> physical.log(job, file, range));
  }

  @Override
  public void discard(PodUid pod) throws BatchException {
    run(physical -> physical.discard(pod));
  }

  @Override
  public Capacity capacity() throws BatchException {
    return call(BatchConnection::capacity);
  }

  @Override
  public void close() {
    BatchManagedConnection current = managed;
    managed = null;
    if (current != null) {
      current.closed(this);
    }
  }

  /** The server took the connection back while this was still held. */
  void cutOff() {
    managed = null;
  }

  /** The server lets this go on over another connection of the same kind. */
  void moveTo(BatchManagedConnection other) {
    BatchManagedConnection current = managed;
    if (current != null) {
      current.forget(this);
    }
    managed = other;
  }

  private void run(Errand errand) throws BatchException {
    call(
        physical -> {
          errand.on(physical);
          return null;
        });
  }

  private <T> T call(Question<T> question) throws BatchException {
    BatchManagedConnection current = managed;
    if (current == null) {
      throw new IllegalStateException("the connection is closed");
    }
    try {
      return question.of(current.physical());
    } catch (BatchException | RuntimeException e) {
      current.failed(e);
      throw e;
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T of(BatchConnection physical) throws BatchException;
  }

  @FunctionalInterface
  private interface Errand {
    void on(BatchConnection physical) throws BatchException;
  }
}
