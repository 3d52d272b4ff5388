package ee.interlink.offload.journal;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.lifecycle.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One pod as the journal knows it; a snapshot.
 *
 * @param uid the identity
 * @param namespace of the pod
 * @param name of the pod
 * @param door it came by
 * @param backend where its job goes
 * @param account as whom
 * @param stage on its way
 * @param job the job's id, once recorded
 * @param fault the last thing that went wrong; empty if nothing
 * @param manifest the pod as JSON, without what may not be kept
 * @param acceptedAt when the intent was recorded
 * @param deleteAsked when deletion was asked for
 * @param grace of the deletion, or the pod's own before that
 */
public record PodEntry(
    PodUid uid,
    String namespace,
    String name,
    Door door,
    BackendName backend,
    AccountName account,
    Stage stage,
    Optional<JobId> job,
    String fault,
    String manifest,
    Instant acceptedAt,
    Optional<Instant> deleteAsked,
    Duration grace) {
  public PodEntry {
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(deleteAsked, "deleteAsked");
  }

  /** The job, once its id is recorded. */
  public Optional<JobRef> jobRef() {
    return job.map(id -> new JobRef(uid, id));
  }
}
