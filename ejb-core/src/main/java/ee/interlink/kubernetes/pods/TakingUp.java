package ee.interlink.kubernetes.pods;

import static ee.interlink.kubernetes.pods.InvalidImage.REASON;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.configuration.Node;
import ee.interlink.kubernetes.node.NodeAddresses;
import ee.interlink.kubernetes.pods.PodEvents.Word;
import ee.interlink.kubernetes.resolve.ClaimedPaths;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import ee.interlink.kubernetes.resolve.PodResolver;
import ee.interlink.kubernetes.resolve.UnresolvedPodException;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** From a pod that is bound to us to one that the core has accepted, or one that waits and why. */
@ApplicationScoped
public class TakingUp {
  private static final System.Logger LOG = System.getLogger(TakingUp.class.getName());

  /** Why containers wait that we cannot start as they are. */
  static final String UNSUPPORTED = "Unsupported";

  @Inject Configuration configuration;
  @Inject BoundPods bound;
  @Inject Pods pods;
  @Inject PodApi api;
  @Inject ClusterReads reads;
  @Inject NodeAddresses addresses;
  @Inject StatusWriter statuses;
  @Inject PodEvents events;
  @Inject Later later;
  @Inject Origins origins;
  @Inject VolumeRounds volumes;
  Clock clock = Clock.systemUTC();

  /**
   * @param since when we began to look at it, or at pods that are looked at together: what it names
   *     is as it was then or later
   */
  void take(BoundPod known, Instant since) throws ClusterUnavailableException {
    Optional<Pod> arrival = bound.arrival(known.uid());
    if (arrival.isPresent()) {
      take(known, arrival.get(), since);
      return;
    }
    Optional<Pod> pod = api.get(known);
    if (pod.isPresent()) {
      take(known, pod.get(), clock.instant());
    }
  }

  private void take(BoundPod known, Pod pod, Instant since) throws ClusterUnavailableException {
    PodUid uid = known.uid();
    Node node = configuration.nodes().get(known.node());
    SeenObjects objects = new SeenObjects(reads.asOf(since), clock);
    try {
      PodResolver resolver = new PodResolver(objects, addresses.facts(node));
      ResolvedPod found = resolver.resolve(pod);
      // Marked only now: its containers are told of the annotations that the cluster has.
      ResolvedPod resolved =
          new ResolvedPod(
              origins.mark(found.pod(), node.name()), found.volumes(), found.registryAuth());
      tellOfMissing(known, resolver.missingPullSecrets(pod));
      boolean fresh =
          pods.accept(resolved, backend(node), Door.KUBERNETES, known.mayHaveJob()).isPresent();
      bound.taken(uid);
      if (fresh && !known.mayHaveJob()) {
        volumes.of(node.name()).made(uid, resolved.volumes(), objects, pod);
      } else {
        volumes.of(node.name()).begun(uid);
      }
      later.settled(uid);
    } catch (UnresolvedPodException e) {
      events.say(known, Word.warning(e.eventReason(), e.getMessage()));
      hold(known, pod, e.waitingReason(), e.getMessage(), e.container());
      later.want(uid, clock.instant());
    } catch (ClusterUnavailableException e) {
      // Also what we have no right to read, and then its author has to hear of it.
      events.say(known, Word.warning("FailedToRead", e.getMessage()));
      throw e;
    } catch (RefusedPodException e) {
      List<InvalidImage> images = InvalidImage.of(pod, e);
      if (!images.isEmpty()) {
        hold(known, pod, images);
        return;
      }
      String why = ClaimedPaths.named(pod, e).getMessage();
      LOG.log(WARNING, "pod {0}: cannot be offloaded: {1}", uid, why);
      events.say(known, Word.warning(UNSUPPORTED, "Cannot be offloaded: " + why));
      hold(known, pod, UNSUPPORTED, why, Optional.empty());
    }
  }

  private void tellOfMissing(BoundPod known, List<String> pullSecrets) {
    if (!pullSecrets.isEmpty()) {
      events.say(
          known,
          Word.warning(
              "FailedToRetrieveImagePullSecret",
              "Unable to retrieve some image pull secrets ("
                  + String.join(", ", pullSecrets)
                  + "); attempting to pull the image may not succeed."));
    }
  }

  private Backend backend(Node node) {
    return configuration.backends().get(node.backend());
  }

  private void hold(BoundPod known, Pod pod, List<InvalidImage> images)
      throws ClusterUnavailableException {
    InvalidImage first = images.get(0);
    hold(known, pod, REASON, first.message(), Optional.of(first.container()));
    for (InvalidImage image : images) {
      if (!image.equals(first)) { // of that one its status has said so
        events.say(known, Word.warning("InspectFailed", image.message()).of(image.container()));
      }
      events.say(known, Word.warning("Failed", "Error: " + REASON).of(image.container()));
    }
  }

  private void hold(
      BoundPod known, Pod pod, String reason, String message, Optional<String> container)
      throws ClusterUnavailableException {
    String since = pod.getMetadata().getCreationTimestamp();
    statuses.tell(known, HeldStatus.of(pod, reason, message, container, since));
  }

  /** Takes up a pod only to end it: the journal has lost it, and the site may have its job. */
  void bury(BoundPod known) throws ClusterUnavailableException {
    Optional<Pod> pod = api.get(known);
    if (pod.isPresent()) {
      Node node = configuration.nodes().get(known.node());
      pods.bury(pod.get(), backend(node), Door.KUBERNETES);
      bound.taken(known.uid());
    }
  }
}
