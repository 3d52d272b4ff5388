package ee.interlink.offload;

import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.accounts.Accounts;
import ee.interlink.backends.BackendGateway;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.LogChunk;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.VolumeUpdate;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.journal.PodQuery;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import ee.interlink.offload.reconcile.Deadlines;
import ee.interlink.offload.reconcile.Intake;
import ee.interlink.offload.reconcile.LivePods;
import ee.interlink.offload.status.PodFacts;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the front doors may ask of the core. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Pods {
  private static final System.Logger LOG = System.getLogger(Pods.class.getName());

  /** Longer than any site lets a job end; with much more, times could not be written down. */
  private static final Duration LONGEST_GRACE = Duration.ofDays(365);

  @Inject Configuration configuration;
  @Inject Accounts accounts;
  @Inject Intake intake;
  @Inject Journal journal;
  @Inject LivePods live;
  @Inject Deadlines deadlines;
  @Inject BackendGateway gateway;
  Clock clock = Clock.systemUTC();

  /**
   * Takes a pod: when this returns, its job is owed whatever crashes. The same UID again changes
   * nothing and is no error.
   *
   * @param pod with name, namespace and UID
   * @param backend where to, or the default one
   * @return the pod as it was recorded; empty if its UID was known
   * @throws RefusedPodException naming each field that cannot be honoured
   * @throws UnknownBackendException if there is no such backend, or none is named and there is no
   *     default
   */
  public Optional<PodEntry> accept(ResolvedPod pod, Optional<String> backend, Door door)
      throws RefusedPodException, UnknownBackendException {
    return accept(pod, backend(backend), door, false);
  }

  /**
   * The same for a pod that may have a job of ours already, although the journal does not know it.
   *
   * @param mayHaveJob whether the backend is to be asked before anything is submitted
   */
  public Optional<PodEntry> accept(ResolvedPod pod, Backend backend, Door door, boolean mayHaveJob)
      throws RefusedPodException {
    String namespace = pod.pod().getMetadata().getNamespace();
    return intake.accept(pod, backend, accounts.of(namespace, backend), door, mayHaveJob);
  }

  /**
   * Takes a pod only to end it: whatever job of it the backend may have is cancelled. For a pod
   * that the journal has lost.
   */
  public void bury(Pod pod, Backend backend, Door door) {
    String namespace = pod.getMetadata().getNamespace();
    intake.bury(pod, backend, accounts.of(namespace, backend), door);
  }

  /** Its cluster knows that nothing is left of the pod: neither is anything here then. */
  public void forget(PodEntry entry) {
    boolean unused = journal.move(entry.uid(), Stage.LEFT, Stage.GONE, "", null);
  }

  /**
   * The pod has this time now, from when it was taken, in place of what it came with. Once that is
   * over its job is ended, and the pod has failed with reason DeadlineExceeded. Not recorded: to be
   * said again after a start.
   */
  public void limit(PodEntry entry, Duration activeDeadline) {
    deadlines.set(entry.uid(), entry.acceptedAt().plus(activeDeadline));
  }

  /** All pods that came by one door. */
  public List<PodEntry> of(Door door) {
    return journal.of(door);
  }

  /** Waits until the pod's submission has been decided, or the time is over. */
  public void awaitSubmission(PodUid uid, Duration atMost) {
    intake.awaitSubmission(uid, atMost);
  }

  /** The pod with its status of this moment. */
  public Optional<Pod> find(PodUid uid) {
    return journal.find(uid).map(this::shown);
  }

  /** A pod that the caller has the entry of, with its status of this moment. */
  public Pod shown(PodEntry entry) {
    return RenderedPod.of(entry, facts(entry), clock.instant());
  }

  /** Where the pod stands in the journal, for doors with a form of their own. */
  public Optional<PodEntry> entry(PodUid uid) {
    return journal.find(uid);
  }

  /** Pods with their status of this moment, in order of UID. */
  public List<Pod> list(PodQuery query) {
    List<PodEntry> entries = journal.list(query);
    Map<PodUid, PodFacts> kept = journal.facts(entries.stream().map(PodEntry::uid).toList());
    Instant now = clock.instant();
    return entries.stream()
        .map(entry -> RenderedPod.of(entry, kept.getOrDefault(entry.uid(), PodFacts.NONE), now))
        .toList();
  }

  /**
   * Asks for a pod's deletion: its job is cancelled, and the pod is gone once the backend has
   * confirmed the end.
   *
   * @param grace between TERM and KILL, or the pod's own
   * @return the pod as it is now; empty if there is none
   */
  public Optional<Pod> delete(PodUid uid, Optional<Duration> grace) {
    Optional<PodEntry> entry = journal.find(uid);
    deadlines.forget(uid);
    if (entry.isPresent()) {
      Duration wished = grace.orElse(entry.get().grace());
      Duration bounded = wished.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : wished;
      intake.delete(entry.get(), bounded, clock.instant());
    }
    return find(uid);
  }

  /**
   * A piece of one container's log.
   *
   * @return empty if there is no such pod
   * @throws IllegalArgumentException if the pod has no such container
   * @throws BatchException if the backend does not give it
   */
  public Optional<LogChunk> log(PodUid uid, LogFile file, LogRange range) throws BatchException {
    Optional<PodEntry> entry = journal.find(uid);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Optional<JobRef> job = entry.get().jobRef();
    Backend backend = configuration.backends().get(entry.get().backend());
    if (job.isEmpty() || backend == null) {
      return Optional.of(new LogChunk(0, new byte[0]));
    }
    return Optional.of(
        gateway.read(backend, entry.get().account(), site -> site.log(job.get(), file, range)));
  }

  /**
   * Gives jobs newer files for their volumes. Takes as long as the backends' commands may take.
   *
   * @param updates with the entry of each pod as it was just read
   * @return what has become of each; of those that a backend did not answer about, {@link
   *     UpdateOutcome#LATER}
   */
  public Map<PodUid, UpdateOutcome> update(Map<PodEntry, VolumeUpdate> updates) {
    Map<PodUid, UpdateOutcome> outcomes = new HashMap<>();
    updates.keySet().stream()
        .collect(Collectors.groupingBy(entry -> List.of(entry.backend(), entry.account())))
        .values()
        .forEach(together -> update(together, updates, outcomes));
    return outcomes;
  }

  private void update(
      List<PodEntry> entries,
      Map<PodEntry, VolumeUpdate> updates,
      Map<PodUid, UpdateOutcome> outcomes) {
    PodEntry any = entries.get(0);
    entries.forEach(entry -> outcomes.put(entry.uid(), UpdateOutcome.LATER));
    Backend backend = configuration.backends().get(any.backend());
    if (backend == null) {
      return;
    }
    try {
      List<UpdateOutcome> told =
          gateway.once(
              backend,
              any.account(),
              site -> site.update(entries.stream().map(updates::get).toList()));
      for (int i = 0; i < entries.size(); i++) {
        outcomes.put(entries.get(i).uid(), told.get(i));
      }
    } catch (BatchException e) {
      LOG.log(
          WARNING,
          "backend {0}: {1} pods not given newer files: {2}",
          backend.name(),
          entries.size(),
          e.getMessage());
    }
  }

  private Backend backend(Optional<String> named) throws UnknownBackendException {
    Optional<BackendName> name =
        named.isPresent()
            ? configuration.backends().keySet().stream()
                .filter(known -> known.value().equals(named.get()))
                .findFirst()
            : configuration.defaultBackend();
    if (name.isEmpty()) {
      throw new UnknownBackendException(named, configuration.backends().keySet());
    }
    return configuration.backends().get(name.get());
  }

  /** What was observed of a pod's job. */
  public PodFacts facts(PodEntry entry) {
    return live.facts(entry.uid()).orElseGet(() -> journal.facts(entry.uid()));
  }
}
