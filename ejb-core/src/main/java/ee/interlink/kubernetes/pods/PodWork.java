package ee.interlink.kubernetes.pods;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import ee.interlink.configuration.Configuration;
import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.Cluster;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.work.Crew;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sets the work on our nodes' pods going, and keeps it going. */
@ApplicationScoped
public class PodWork {
  private static final System.Logger LOG = System.getLogger(PodWork.class.getName());

  /** Enough that the waits for the API server and for commits overlap. */
  private static final int TAKERS = 6;

  /** Those of a burst share what they ask of the API server. */
  private static final int TAKEN_TOGETHER = 8;

  private static final int TELLERS = 4;

  @Resource ManagedThreadFactory threads;
  @Inject Configuration configuration;
  @Inject Cluster cluster;
  @Inject BoundPods bound;
  @Inject PodQueue queue;
  @Inject PodSync sync;
  @Inject StatusWriter statuses;
  @Inject PodEvents events;
  @Inject Later later;
  @Inject ClusterReads reads;
  @Inject VolumeRounds volumes;
  @Inject Pods pods;
  Clock clock = Clock.systemUTC();
  private final Map<NodeName, PodWatch> watches = new ConcurrentHashMap<>();
  private final Set<NodeName> compared = ConcurrentHashMap.newKeySet();
  private Crew takers;
  private Crew tellers;

  public void begin() {
    takers = new Crew(queue.wanted(), TAKEN_TOGETHER, sync::sync);
    tellers = new Crew(queue.told(), 1, statuses::write);
    events.begin();
    takers.begin(threads, "interlink-pods", TAKERS);
    tellers.begin(threads, "interlink-status", TELLERS);
    for (NodeName node : configuration.nodes().keySet()) {
      PodWatch watch = new PodWatch(cluster.client(), node, bound, queue, volumes.of(node));
      watches.put(node, watch);
      watch.begin();
    }
  }

  public void beat() {
    try {
      later.sweep(clock.instant());
      reads.sweep();
      for (Map.Entry<NodeName, PodWatch> watch : watches.entrySet()) {
        if (bound.isComplete(watch.getKey()) && compared.add(watch.getKey())) {
          compare(watch.getKey());
        }
      }
    } catch (RuntimeException e) {
      // Outermost loop: a timer whose method fails is given up by some servers.
      LOG.log(ERROR, "pods not looked after", e);
    }
  }

  /** Finds what we have and the cluster has no more: pods deleted while we were down. */
  private void compare(NodeName node) {
    int gone = 0;
    for (PodEntry entry : pods.of(Door.KUBERNETES)) {
      if (PodSync.node(entry).equals(node.value()) && bound.find(entry.uid()).isEmpty()) {
        queue.add(entry.uid());
        gone++;
      }
    }
    LOG.log(INFO, "node {0}: {1} pods, {2} gone meanwhile", node, bound.of(node).size(), gone);
  }

  /** Whether we hear of the node's pods at this moment, so that an absent one is no more. */
  public boolean isInformed(NodeName node) {
    PodWatch watch = watches.get(node);
    return watch != null && bound.isComplete(node) && watch.isWatching();
  }

  public void end() {
    watches.values().forEach(PodWatch::close);
    if (takers != null) {
      Crew.end(List.of(takers, tellers));
      events.end();
    }
  }
}
