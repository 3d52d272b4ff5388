package ee.interlink.kubernetes.pods;

import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import ee.interlink.kubernetes.node.NodeAddresses;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.status.PodFacts;
import ee.interlink.work.Stripes;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the API server how pods are: when there is news, and never the same twice. Of one pod one
 * thread at a time, for it is told of on two ways: what the cluster wants, and what was observed.
 */
@ApplicationScoped
public class StatusWriter {
  private static final System.Logger LOG = System.getLogger(StatusWriter.class.getName());
  private static final Duration AGAIN = Duration.ofSeconds(2);

  @Inject BoundPods bound;
  @Inject Pods pods;
  @Inject PodApi api;
  @Inject PodEvents events;
  @Inject Later later;
  @Inject NodeAddresses addresses;
  Clock clock = Clock.systemUTC();
  private final Stripes stripes = new Stripes();

  /** Tells of these pods what the journal and the observations say. */
  void write(List<PodUid> uids) {
    for (PodUid uid : uids) {
      try {
        write(uid);
      } catch (ClusterUnavailableException e) {
        LOG.log(WARNING, "pod {0}: {1}", uid, e.getMessage());
        later.tell(uid, clock.instant().plus(AGAIN));
      } catch (RuntimeException e) {
        // Nobody else would tell it before the pod's next change, which may be hours away.
        later.tell(uid, clock.instant().plus(AGAIN));
        throw e;
      }
    }
  }

  /** The same for one pod, at once. */
  void write(PodUid uid) throws ClusterUnavailableException {
    synchronized (stripes.of(uid)) {
      // Looked up by whose turn it is: with what they saw before, the last word might be an old
      // one.
      Optional<BoundPod> pod = bound.find(uid);
      Optional<PodEntry> entry = pod.flatMap(known -> pods.entry(uid));
      if (entry.isPresent()) {
        PodStatus status = pods.shown(entry.get()).getStatus();
        Optional<String> job = entry.get().job().map(JobId::value);
        tell(pod.get(), status, job, entry.get().backend().value());
        tellOfTroubles(pod.get(), pods.facts(entry.get()));
      }
    }
  }

  private void tellOfTroubles(BoundPod pod, PodFacts facts) {
    PodStory.troubles(facts).forEach(word -> events.say(pod, word));
    if (facts.overdueAt() != null && !facts.jobOver() && !bound.told(pod.uid()).isTerminal()) {
      PodStory.killing(bound.told(pod.uid())).forEach(word -> events.say(pod, word));
    }
  }

  /** Tells a status that is not in the journal, of a pod that has not been taken up. */
  void tell(BoundPod pod, PodStatus status) throws ClusterUnavailableException {
    synchronized (stripes.of(pod.uid())) {
      tell(pod, status, Optional.empty(), "");
    }
  }

  /**
   * Ends the story of a pod that is about to go: its controllers take only Succeeded and Failed for
   * an end, and a pod that never ran has neither.
   */
  void close(BoundPod pod) throws ClusterUnavailableException {
    synchronized (stripes.of(pod.uid())) {
      ToldStatus before = bound.told(pod.uid());
      if (!before.isTerminal()) {
        PodStatus status =
            new PodStatusBuilder()
                .withPhase("Failed")
                .withReason("Terminated")
                .withMessage("the pod was deleted before it ended")
                .build();
        if (api.writeStatus(pod, status, Map.of())) {
          bound.told(pod.uid(), ToldStatus.of(status, before.job()));
        }
      }
    }
  }

  private void tell(BoundPod pod, PodStatus status, Optional<String> job, String backend)
      throws ClusterUnavailableException {
    address(pod, status);
    // The scheduler's affair: what it has said stays.
    status.getConditions().removeIf(condition -> !ToldStatus.isOurs(condition.getType()));
    ToldStatus before = bound.told(pod.uid());
    ToldStatus now = ToldStatus.of(status, job.orElse(""));
    if (now.digest() == before.digest() || (before.isTerminal() && !now.isTerminal())) {
      return;
    }
    Map<String, String> annotations =
        job.filter(id -> !id.equals(before.job()))
            .map(id -> Map.of(ToldStatus.JOB, id))
            .orElse(Map.of());
    if (api.writeStatus(pod, status, annotations)) {
      bound.told(pod.uid(), now);
      PodStory.between(before, now, backend).forEach(word -> events.say(pod, word));
    }
  }

  private void address(BoundPod pod, PodStatus status) {
    if (status.getStartTime() != null) {
      String address = addresses.of(pod.node());
      status.setHostIP(address);
      status.setHostIPs(List.of(new HostIP(address)));
      status.setPodIP(address);
      status.setPodIPs(List.of(new PodIP(address)));
    }
  }
}
