package ee.interlink.offload.reconcile;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BatchConnectionFactory;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Backend;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.JobRequests;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.PublishedAnnotations;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import ee.interlink.offload.status.PodFacts;
import ee.interlink.work.Stripes;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes in what the world wants: a pod, or its deletion. Records first, then sets to work. */
@ApplicationScoped
public class Intake {
  /** The sweep's turn, should the queue lose a fresh pod. */
  private static final Duration SWEEP_AFTER = Duration.ofSeconds(30);

  @Resource(lookup = "java:app/eis/batch")
  BatchConnectionFactory connections;

  @Inject Journal journal;
  @Inject Acceptance acceptance;
  @Inject LivePods live;
  @Inject Staging staging;
  @Inject Submissions submissions;
  @Inject WorkQueues queues;
  Clock clock = Clock.systemUTC();
  private final Stripes stripes = new Stripes();

  /** See {@link ee.interlink.offload.Pods#accept}. */
  public Optional<PodEntry> accept(
      ResolvedPod pod, Backend backend, AccountName account, Door door, boolean mayHaveJob)
      throws RefusedPodException {
    JobRequest request = JobRequests.from(pod);
    PodUid uid = request.pod();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    PodEntry entry = entry(request, pod.pod(), backend, account, door, now);
    // Two at once with the same UID: the second must not touch what the first has staged.
    synchronized (stripes.of(uid)) {
      if (live.find(uid).isPresent()) {
        return Optional.empty(); // all whose files are still wanted are there
      }
      if (!mayHaveJob && !check(request, backend, door)) {
        return Optional.empty();
      }
      keep(uid, pod);
      live.add(
          uid,
          new LivePod(backend.name(), account, Optional.empty(), PodFacts.NONE, !mayHaveJob, 0));
      submissions.expect(uid);
      if (!recorded(entry, now)) {
        return Optional.empty();
      }
    }
    queues.add(backend.name(), uid);
    return Optional.of(entry);
  }

  /**
   * Only what is new is held against today's settings. A pod that the journal knows is no error,
   * and one that may have a job is looked for first: before it is submitted, the driver checks it
   * again.
   *
   * @return whether it is to be taken in
   */
  private boolean check(JobRequest request, Backend backend, Door door) throws RefusedPodException {
    List<FieldFault> faults = new ArrayList<>();
    if (door != Door.INTERLINK) {
      faults.addAll(PublishedAnnotations.faultsOf(request.annotations()));
    }
    try {
      connections.check(backend.settings(), request);
    } catch (InvalidRequestException e) {
      e.faults().forEach((field, fault) -> faults.add(new FieldFault(field, fault)));
    }
    if (faults.isEmpty()) {
      return true;
    }
    if (journal.find(request.pod()).isPresent()) {
      return false;
    }
    throw new RefusedPodException(faults);
  }

  /** See {@link ee.interlink.offload.Pods#bury}. */
  public void bury(Pod pod, Backend backend, AccountName account, Door door) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    PodEntry entry =
        new PodEntry(
            new PodUid(pod.getMetadata().getUid()),
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getName(),
            door,
            backend.name(),
            account,
            Stage.CANCEL,
            Optional.empty(),
            "",
            PodJson.writeWithoutValues(pod),
            now,
            Optional.of(now),
            Duration.ZERO);
    if (acceptance.record(entry, now)) {
      queues.add(backend.name(), entry.uid());
    }
  }

  private boolean recorded(PodEntry entry, Instant now) {
    boolean recorded = false;
    try {
      recorded = acceptance.record(entry, now.plus(SWEEP_AFTER));
    } finally {
      if (!recorded) {
        // Known already, and its job over; or nobody knows, and the sweep would find it.
        live.remove(entry.uid());
        submissions.decided(entry.uid());
      }
    }
    if (!recorded) {
      staging.forget(entry.uid());
    }
    return recorded;
  }

  private static PodEntry entry(
      JobRequest request, Pod pod, Backend backend, AccountName account, Door door, Instant now) {
    return new PodEntry(
        request.pod(),
        request.namespace(),
        request.name(),
        door,
        backend.name(),
        account,
        Stage.SUBMIT,
        Optional.empty(),
        "",
        door == Door.PORTAL ? PodJson.write(pod) : PodJson.writeWithoutValues(pod),
        now,
        Optional.empty(),
        request.gracePeriod());
  }

  private void keep(PodUid uid, ResolvedPod pod) {
    try {
      staging.keep(uid, pod);
    } catch (IOException e) {
      throw new UncheckedIOException("the state directory cannot be written", e);
    }
  }

  public void awaitSubmission(PodUid uid, Duration atMost) {
    submissions.await(uid, atMost);
  }

  /** See {@link ee.interlink.offload.Pods#delete}. */
  public void delete(PodEntry entry, Duration grace, Instant now) {
    if (journal.askDelete(entry.uid(), now, grace)) {
      queues.add(entry.backend(), entry.uid());
    }
  }
}
