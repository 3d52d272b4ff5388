package ee.interlink.kubernetes.pods;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.backends.BackendGateway;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeUpdate;
import ee.interlink.configuration.Configuration;
import ee.interlink.configuration.Node;
import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.node.NodeAddresses;
import ee.interlink.kubernetes.pods.PodEvents.Word;
import ee.interlink.kubernetes.resolve.ClusterObjects;
import ee.interlink.kubernetes.resolve.ClusterUnavailableException;
import ee.interlink.kubernetes.resolve.ObjectKey;
import ee.interlink.kubernetes.resolve.PodResolver;
import ee.interlink.kubernetes.resolve.UnresolvedPodException;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings to running pods what has changed in the cluster of what their volumes show. One round at a
 * time for each node, and a bounded one: with more objects than a round reads all of it takes
 * longer, and the API server has no more to do.
 */
@ApplicationScoped
public class VolumeRounds {
  private static final System.Logger LOG = System.getLogger(VolumeRounds.class.getName());
  private static final int MOST_READS = 50;
  private static final int MOST_UPDATES = 64;
  private static final int MOST_FAILURES = 3;

  @Inject Configuration configuration;
  @Inject BackendGateway gateway;
  @Inject BoundPods bound;
  @Inject ClusterReads reads;
  @Inject PodApi api;
  @Inject NodeAddresses addresses;
  @Inject Pods pods;
  @Inject PodEvents events;
  Clock clock = Clock.systemUTC();
  private final Map<NodeName, NodeVolumes> nodes = new ConcurrentHashMap<>();
  private final Set<NodeName> busy = ConcurrentHashMap.newKeySet();

  /** A pod's volumes as they are now, and of what they were made. */
  private record Renewal(PodEntry entry, Pod pod, SeenObjects seen, List<Volume.Files> files) {}

  NodeVolumes of(NodeName node) {
    return nodes.computeIfAbsent(node, name -> new NodeVolumes());
  }

  /** Whether there is any use in rounds for this node. */
  public boolean isOfUse(Node node) {
    return gateway.updates(configuration.backends().get(node.backend()));
  }

  /** A beat that comes while the last one is under way is left out. */
  public void beat(NodeName name) {
    if (busy.add(name)) {
      try {
        round(configuration.nodes().get(name));
      } catch (RuntimeException e) {
        // Outermost loop: a timer whose method fails is given up by some servers.
        LOG.log(ERROR, "node " + name + ": volumes not looked after", e);
      } finally {
        busy.remove(name);
      }
    }
  }

  private void round(Node node) {
    NodeVolumes volumes = of(node.name());
    read(volumes);
    Map<PodEntry, VolumeUpdate> updates = new LinkedHashMap<>();
    Map<PodUid, Renewal> renewals = new LinkedHashMap<>();
    for (PodUid uid : volumes.due(clock.instant(), MOST_UPDATES)) {
      Optional<Renewal> renewal = renewal(uid, node, volumes);
      if (renewal.isPresent()) {
        List<Volume.Files> news = news(volumes, uid, renewal.get().files());
        if (news.isEmpty()) {
          made(volumes, uid, renewal.get());
        } else {
          renewals.put(uid, renewal.get());
          updates.put(renewal.get().entry(), new VolumeUpdate(uid, clock.instant(), news));
        }
      }
    }
    if (!updates.isEmpty()) {
      pods.update(updates).forEach((uid, outcome) -> note(volumes, renewals.get(uid), outcome));
    }
  }

  private void read(NodeVolumes volumes) {
    Instant now = clock.instant();
    ClusterObjects objects = reads.asOf(now);
    int failures = 0;
    for (ObjectKey key : volumes.stale(now, MOST_READS)) {
      volumes.asking(key, now);
      try {
        volumes.read(key, version(objects, key));
      } catch (ClusterUnavailableException e) {
        LOG.log(DEBUG, "{0}: {1}", key, e.getMessage());
        if (++failures == MOST_FAILURES) {
          return; // it is not about this one; the others are asked for when it is their turn
        }
      }
    }
  }

  private static ObjectVersion version(ClusterObjects objects, ObjectKey key)
      throws ClusterUnavailableException {
    return switch (key.kind()) {
      case CONFIG_MAP -> ObjectVersion.ofConfigMap(objects.configMap(key.namespace(), key.name()));
      case SECRET -> ObjectVersion.ofSecret(objects.secret(key.namespace(), key.name()));
    };
  }

  private Optional<Renewal> renewal(PodUid uid, Node node, NodeVolumes volumes) {
    Instant now = clock.instant();
    Optional<BoundPod> known = bound.find(uid);
    Optional<PodEntry> entry = pods.entry(uid);
    if (known.isEmpty() || entry.filter(e -> isOver(e.stage())).isPresent()) {
      volumes.forget(uid);
      return Optional.empty();
    }
    if (entry.isEmpty() || entry.get().stage() == Stage.SUBMIT) {
      volumes.soon(uid, now);
      return Optional.empty();
    }
    List<String> due = volumes.due(uid, now);
    try {
      Optional<Pod> pod = api.get(known.get());
      if (pod.isEmpty()) {
        volumes.forget(uid);
        return Optional.empty();
      }
      SeenObjects seen = new SeenObjects(reads.asOf(now), clock);
      List<Volume.Files> files =
          new PodResolver(seen, addresses.facts(node)).volumes(pod.get(), Set.copyOf(due));
      return Optional.of(new Renewal(entry.get(), pod.get(), seen, files));
    } catch (UnresolvedPodException e) {
      // As with a kubelet: the pod keeps what it has.
      events.say(known.get(), Word.warning(e.eventReason(), e.getMessage()));
      volumes.passOver(uid, due, now);
    } catch (RefusedPodException e) {
      events.say(known.get(), Word.warning("FailedMount", e.getMessage()));
      volumes.passOver(uid, due, now);
    } catch (ClusterUnavailableException e) {
      LOG.log(WARNING, "pod {0}: volumes not looked up: {1}", uid, e.getMessage());
      volumes.later(uid, now);
    }
    return Optional.empty();
  }

  private static boolean isOver(Stage stage) {
    return stage != Stage.SUBMIT && stage != Stage.ACTIVE;
  }

  private static List<Volume.Files> news(
      NodeVolumes volumes, PodUid uid, List<Volume.Files> files) {
    Optional<FollowedPod> pod = volumes.find(uid);
    List<Volume.Files> news = new ArrayList<>(files);
    news.removeIf(file -> pod.isEmpty() || pod.get().has(file));
    return news;
  }

  private void note(NodeVolumes volumes, Renewal renewal, UpdateOutcome outcome) {
    PodUid uid = renewal.entry().uid();
    switch (outcome) {
      case DONE -> {
        LOG.log(INFO, "pod {0}: newer files in its volumes", uid);
        made(volumes, uid, renewal);
      }
      case LATER -> volumes.later(uid, clock.instant());
      case NEVER -> volumes.forget(uid);
    }
  }

  private static void made(NodeVolumes volumes, PodUid uid, Renewal renewal) {
    volumes.made(uid, renewal.files(), renewal.seen(), renewal.pod());
  }
}
