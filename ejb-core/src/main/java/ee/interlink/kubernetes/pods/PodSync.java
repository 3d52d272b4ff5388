package ee.interlink.kubernetes.pods;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.PodUid;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.PodJson;
import io.fabric8.kubernetes.api.model.PodSpec;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Brings together what the cluster wants with a pod (informer) and what we have of it (journal),
 * from any state, any number of times. The way of the job itself is the reconciler's.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PodSync {
  private static final System.Logger LOG = System.getLogger(PodSync.class.getName());

  @Inject BoundPods bound;
  @Inject Pods pods;
  @Inject PodApi api;
  @Inject TakingUp takingUp;
  @Inject VolumeRounds volumes;
  @Inject StatusWriter statuses;
  @Inject PodEvents events;
  @Inject Later later;
  Clock clock = Clock.systemUTC();

  /** Safe to call at any time for any pods, also ones that nobody knows. */
  public void sync(List<PodUid> uids) {
    Instant since = clock.instant();
    for (PodUid uid : uids) {
      try {
        sync(uid, since);
      } catch (ClusterUnavailableException e) {
        LOG.log(WARNING, "pod {0}: {1}", uid, e.getMessage());
        later.want(uid, clock.instant());
      }
    }
  }

  private void sync(PodUid uid, Instant since) throws ClusterUnavailableException {
    Optional<BoundPod> pod = bound.find(uid);
    Optional<PodEntry> entry = pods.entry(uid).filter(e -> e.door() == Door.KUBERNETES);
    if (pod.isEmpty()) {
      later.settled(uid);
      // Before all of them have been heard of, the cluster may well have it.
      entry.filter(gone -> bound.isComplete(node(gone))).ifPresent(this::forgotten);
    } else if (pod.get().deletion().isPresent()) {
      leave(pod.get(), entry, pod.get().deletion().get());
      later.settled(uid);
    } else if (entry.isPresent()) {
      bound.taken(uid);
      volumes.of(pod.get().node()).begun(uid);
      limit(pod.get(), entry.get());
      statuses.write(uid);
      later.settled(uid);
    } else if (!bound.told(uid).isTerminal()) {
      takingUp.take(pod.get(), since);
    }
  }

  /** What the pod came with its job has as its time limit; here it is about what came later. */
  private void limit(BoundPod pod, PodEntry entry) {
    if (pod.activeDeadline().isPresent()) {
      PodSpec spec = PodJson.read(entry.manifest()).getSpec();
      if (!pod.activeDeadline().equals(BoundPod.activeDeadline(spec))) {
        pods.limit(entry, pod.activeDeadline().get());
      }
    }
  }

  /** The node that a pod is bound to; empty if it was taken up without one. */
  static String node(PodEntry entry) {
    String name = PodJson.read(entry.manifest()).getSpec().getNodeName();
    return name == null ? "" : name;
  }

  /** The cluster has no such pod any more: forced, or while we were down. */
  private void forgotten(PodEntry entry) {
    if (entry.stage() == Stage.LEFT) {
      pods.forget(entry);
    } else if (entry.deleteAsked().isEmpty() || !entry.grace().isZero()) {
      LOG.log(INFO, "pod {0}: gone from the cluster, its job is to end", entry.uid());
      pods.delete(entry.uid(), Optional.of(Duration.ZERO));
    }
  }

  private void leave(BoundPod pod, Optional<PodEntry> entry, Duration grace)
      throws ClusterUnavailableException {
    if (entry.isEmpty()) {
      leaveUnknown(pod, grace);
    } else if (entry.get().stage() == Stage.LEFT) {
      // The controllers of Jobs read how it ended, so that comes before the end.
      statuses.write(pod.uid());
      statuses.close(pod);
      api.confirmDeletion(pod);
      pods.forget(entry.get());
    } else {
      bound.taken(pod.uid());
      if (entry.get().deleteAsked().isEmpty() || entry.get().grace().compareTo(grace) > 0) {
        PodStory.killing(bound.told(pod.uid())).forEach(word -> events.say(pod, word));
        pods.delete(pod.uid(), Optional.of(grace));
      }
    }
  }

  /** Nothing is known of it here; what a lost journal knew, the site may still. */
  private void leaveUnknown(BoundPod pod, Duration grace) throws ClusterUnavailableException {
    boolean over = bound.told(pod.uid()).isTerminal();
    if (pod.mayHaveJob() && !over) {
      takingUp.bury(pod);
    } else if (!grace.isZero()) {
      statuses.close(pod);
      api.confirmDeletion(pod);
    }
  }
}
