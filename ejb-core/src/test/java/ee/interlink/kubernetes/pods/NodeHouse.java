package ee.interlink.kubernetes.pods;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.configuration.HostPort;
import ee.interlink.configuration.KubeletPort;
import ee.interlink.configuration.KubernetesSettings;
import ee.interlink.configuration.Node;
import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.node.NodeAddresses;
import ee.interlink.kubernetes.resolve.NodeFacts;
import ee.interlink.offload.PodChanged;
import ee.interlink.offload.PodSubmitted;
import ee.interlink.offload.SamplePod;
import ee.interlink.work.WorkQueue;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that looks after the pods of a node; beside it an API server and a core that are none. */
@SuppressWarnings("UnnecessaryAssignment") // no container injects here
final class NodeHouse {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final NodeName NODE = new NodeName("site-a");
  static final String ADDRESS = "192.0.2.7";
  private static final BackendName B = new BackendName("b");

  final BoundPods bound = new BoundPods();
  final FakePods pods = new FakePods();
  final FakePodApi api = new FakePodApi();
  final FakeReads reads = new FakeReads();
  final List<String> said = new ArrayList<>();
  final PodQueue queue = new PodQueue();
  final Later later = new Later();
  final StatusWriter statuses = new StatusWriter();
  final TakingUp takingUp = new TakingUp();
  final PodSync sync = new PodSync();
  final VolumeRounds volumes = new VolumeRounds();
  private Instant now = NOON;

  NodeHouse() {
    PodEvents events =
        new PodEvents() {
          @Override
          void say(BoundPod pod, Word word) {
            said.add(word.reason() + ": " + word.message());
          }
        };
    NodeAddresses addresses =
        new NodeAddresses() {
          @Override
          public String of(NodeName node) {
            return ADDRESS;
          }

          @Override
          public NodeFacts facts(Node node) {
            return new NodeFacts(node.name().value(), List.of(ADDRESS), Map.of(), node.apiServer());
          }
        };
    queue.bound = bound;
    queue.later = later;
    later.queue = queue;
    statuses.bound = bound;
    statuses.pods = pods;
    statuses.api = api;
    statuses.events = events;
    statuses.later = later;
    statuses.addresses = addresses;
    takingUp.configuration = configuration();
    takingUp.bound = bound;
    takingUp.pods = pods;
    takingUp.api = api;
    takingUp.reads = reads;
    takingUp.addresses = addresses;
    takingUp.statuses = statuses;
    takingUp.events = events;
    takingUp.later = later;
    takingUp.origins =
        new Origins() {
          @Override
          Pod mark(Pod pod, NodeName node) {
            return pod;
          }
        };
    takingUp.volumes = volumes;
    volumes.configuration = takingUp.configuration;
    volumes.bound = bound;
    volumes.reads = reads;
    volumes.api = api;
    volumes.addresses = addresses;
    volumes.pods = pods;
    volumes.events = events;
    sync.volumes = volumes;
    sync.bound = bound;
    sync.pods = pods;
    sync.api = api;
    sync.takingUp = takingUp;
    sync.statuses = statuses;
    sync.events = events;
    sync.later = later;
    bound.complete(NODE);
    at(NOON);
  }

  private static Configuration configuration() {
    Backend backend =
        new Backend(
            new BackendSettings(B, "fake", Map.of()),
            new AccountName("alice"),
            Duration.ofSeconds(1),
            1);
    Node node =
        new Node(
            NODE,
            B,
            Optional.of(ADDRESS),
            Map.of(),
            List.of(),
            Map.of(),
            new KubeletPort("0.0.0.0", 0, Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.of(new HostPort("api.example.org", 6443)),
            false);
    return new Configuration(
        Map.of(B, backend),
        Optional.of(B),
        Map.of(),
        Map.of(NODE, node),
        new KubernetesSettings(Optional.empty(), 1, 1),
        Path.of("state"));
  }

  private void at(Instant time) {
    now = time;
    Clock clock = Clock.fixed(time, ZoneOffset.UTC);
    queue.clock = clock;
    statuses.clock = clock;
    takingUp.clock = clock;
    sync.clock = clock;
    volumes.clock = clock;
    pods.now = time;
  }

  /** Lets time pass, and does what has become due. */
  void after(Duration time) {
    at(now.plus(time));
    later.sweep(now);
    work();
  }

  /** Lets time pass, and looks for what has changed in volumes. */
  void volumesAfter(Duration time) {
    at(now.plus(time));
    volumes.beat(NODE);
  }

  /** A pod that the API server has. */
  static Pod pod(PodUid uid) {
    return new PodBuilder(SamplePod.of(uid))
        .editMetadata()
        .withCreationTimestamp(NOON.toString())
        .endMetadata()
        .editSpec()
        .withNodeName(NODE.value())
        .endSpec()
        .build();
  }

  /** The same after somebody asked for its deletion. */
  static Pod deleted(Pod pod, long grace) {
    return new PodBuilder(pod)
        .editMetadata()
        .withDeletionTimestamp(NOON.plusSeconds(grace).toString())
        .withDeletionGracePeriodSeconds(grace)
        .endMetadata()
        .build();
  }

  /** The informer hears of the pod, and whatever there is to do is done. */
  PodUid hear(Pod pod) {
    PodUid uid = new PodUid(pod.getMetadata().getUid());
    api.there.put(uid, pod);
    volumes.of(NODE).seen(pod);
    if (bound.seen(pod, NODE)) {
      queue.add(uid);
    }
    work();
    return uid;
  }

  /** The informer hears that the pod is gone. */
  void vanish(PodUid uid) {
    api.there.remove(uid);
    bound.vanished(uid);
    volumes.of(NODE).forget(uid);
    queue.add(uid);
    work();
  }

  /** The core says that there is something new about the pod. */
  void changed(PodUid uid) {
    queue.changed(new PodChanged(uid, false));
    work();
  }

  /** The core says that the pod has a job. */
  void submitted(PodUid uid) {
    queue.submitted(new PodSubmitted(uid));
    work();
  }

  /** The core says that nothing is left of the pod. */
  void left(PodUid uid) {
    pods.left(uid);
    queue.changed(new PodChanged(uid, true));
    work();
  }

  void work() {
    sync.sync(waiting(queue.wanted()));
    statuses.write(waiting(queue.told()));
  }

  /** What stands in a queue, without waiting for more. */
  static List<PodUid> waiting(WorkQueue queue) {
    PodUid last = SamplePod.freshUid();
    queue.add(last);
    List<PodUid> all = taken(queue);
    all.forEach(queue::done);
    all.remove(last);
    return all;
  }

  private static List<PodUid> taken(WorkQueue queue) {
    try {
      return new ArrayList<>(queue.take(Integer.MAX_VALUE));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
