package ee.interlink.kubernetes.pods;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.VolumeUpdate;
import ee.interlink.configuration.Backend;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.JobRequests;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import ee.interlink.offload.status.PodFacts;
import ee.interlink.offload.status.PodStatusRule;
import ee.interlink.offload.status.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The core, as far as a node's pods need it: one table, and what it was asked. */
final class FakePods extends Pods {
  final Map<PodUid, PodEntry> entries = new HashMap<>();
  final Map<PodUid, PodFacts> facts = new HashMap<>();
  final List<String> calls = new ArrayList<>();
  final List<ResolvedPod> accepted = new ArrayList<>();
  final List<VolumeUpdate> updated = new ArrayList<>();
  UpdateOutcome outcome = UpdateOutcome.DONE;
  Optional<RefusedPodException> refusal = Optional.empty();
  Instant now = NodeHouse.NOON;

  @Override
  public Optional<PodEntry> accept(ResolvedPod pod, Backend backend, Door door, boolean mayHaveJob)
      throws RefusedPodException {
    JobRequests.from(pod);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    calls.add(mayHaveJob ? "accept after asking" : "accept");
    accepted.add(pod);
    return Optional.of(record(pod.pod(), backend, door, Stage.SUBMIT));
  }

  @Override
  public void bury(Pod pod, Backend backend, Door door) {
    calls.add("bury");
    record(pod, backend, door, Stage.CANCEL);
  }

  private PodEntry record(Pod pod, Backend backend, Door door, Stage stage) {
    PodEntry entry =
        new PodEntry(
            new PodUid(pod.getMetadata().getUid()),
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getName(),
            door,
            backend.name(),
            new AccountName("alice"),
            stage,
            Optional.empty(),
            "",
            PodJson.writeWithoutValues(pod),
            now,
            Optional.empty(),
            Duration.ofSeconds(30));
    entries.put(entry.uid(), entry);
    return entry;
  }

  /** The pod's job is there and was last seen like this. */
  void observed(PodUid uid, PodFacts seen) {
    facts.put(uid, seen);
    PodEntry e = entries.get(uid);
    put(e, e.stage() == Stage.SUBMIT ? Stage.ACTIVE : e.stage(), e.deleteAsked(), e.grace());
  }

  void left(PodUid uid) {
    PodEntry entry = entries.get(uid);
    put(entry, Stage.LEFT, entry.deleteAsked(), entry.grace());
  }

  private void put(PodEntry e, Stage stage, Optional<Instant> deleteAsked, Duration grace) {
    Optional<JobId> job = stage == Stage.SUBMIT ? e.job() : Optional.of(new JobId("17"));
    entries.put(
        e.uid(),
        new PodEntry(
            e.uid(),
            e.namespace(),
            e.name(),
            e.door(),
            e.backend(),
            e.account(),
            stage,
            job,
            e.fault(),
            e.manifest(),
            e.acceptedAt(),
            deleteAsked,
            grace));
  }

  @Override
  public Optional<Pod> delete(PodUid uid, Optional<Duration> grace) {
    calls.add("delete " + grace.orElseThrow().toSeconds());
    PodEntry entry = entries.get(uid);
    put(entry, entry.stage(), Optional.of(now), grace.orElseThrow());
    return Optional.empty();
  }

  @Override
  public Map<PodUid, UpdateOutcome> update(Map<PodEntry, VolumeUpdate> updates) {
    Map<PodUid, UpdateOutcome> outcomes = new HashMap<>();
    updates.forEach(
        (entry, update) -> {
          updated.add(update);
          outcomes.put(entry.uid(), outcome);
        });
    return outcomes;
  }

  @Override
  public void limit(PodEntry entry, Duration activeDeadline) {
    calls.add("limit " + activeDeadline.toSeconds());
  }

  @Override
  public void forget(PodEntry entry) {
    calls.add("forget");
    entries.remove(entry.uid());
  }

  @Override
  public Optional<PodEntry> entry(PodUid uid) {
    return Optional.ofNullable(entries.get(uid));
  }

  @Override
  public PodFacts facts(PodEntry entry) {
    return facts.getOrDefault(entry.uid(), PodFacts.NONE);
  }

  @Override
  public Pod shown(PodEntry entry) {
    Pod pod = PodJson.read(entry.manifest());
    pod.setStatus(
        PodStatusRule.derive(
            new PodView(
                pod,
                entry.stage(),
                entry.job().map(JobId::value),
                entry.fault(),
                facts(entry),
                entry.acceptedAt(),
                entry.deleteAsked()),
            now));
    return pod;
  }
}
