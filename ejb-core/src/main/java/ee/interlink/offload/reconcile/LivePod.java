package ee.interlink.offload.reconcile;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.JobRef;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.status.PodFacts;
import java.util.Objects;
import java.util.Optional;

/**
 * What is held in memory of a pod whose job may still change.
 *
 * @param backend where
 * @param account as whom
 * @param job once known
 * @param facts as last kept in the journal
 * @param untried whether this process recorded the intent and has not acted on it yet
 * @param attempts failed submissions so far
 */
record LivePod(
    BackendName backend,
    AccountName account,
    Optional<JobRef> job,
    PodFacts facts,
    boolean untried,
    int attempts) {
  LivePod {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(facts, "facts");
  }

  /** What the journal says of a pod, with no knowledge of what was tried before. */
  static LivePod of(PodEntry entry, PodFacts facts) {
    return new LivePod(entry.backend(), entry.account(), entry.jobRef(), facts, false, 0);
  }

  LivePod withJob(JobRef ref) {
    return new LivePod(backend, account, Optional.of(ref), facts, false, attempts);
  }

  LivePod withFacts(PodFacts seen) {
    return new LivePod(backend, account, job, seen, untried, attempts);
  }

  LivePod tried() {
    return new LivePod(backend, account, job, facts, false, attempts);
  }

  LivePod failed() {
    return new LivePod(backend, account, job, facts, false, attempts + 1);
  }
}
