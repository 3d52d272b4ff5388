package ee.interlink.kubernetes.pods;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.PodUid;
import ee.interlink.configuration.NodeName;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * Hears of the pods that are bound to one node, and of no others (field selector {@code
 * spec.nodeName}). Its callbacks run on the client's threads: they only note what they hear.
 */
final class PodWatch implements ResourceEventHandler<Pod>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PodWatch.class.getName());
  private static final long PAGE = 500;

  private final NodeName node;
  private final BoundPods bound;
  private final PodQueue queue;
  private final NodeVolumes volumes;
  private final SharedIndexInformer<Pod> informer;

  PodWatch(
      KubernetesClient client,
      NodeName node,
      BoundPods bound,
      PodQueue queue,
      NodeVolumes volumes) {
    this.node = node;
    this.bound = bound;
    this.queue = queue;
    this.volumes = volumes;
    this.informer =
        client
            .pods()
            .inAnyNamespace()
            .withField("spec.nodeName", node.value())
            .withLimit(PAGE)
            .runnableInformer(0)
            .itemStore(new SlimStore())
            .addEventHandler(this)
            .exceptionHandler(
                (started, failure) -> {
                  LOG.log(WARNING, "node {0}: pods not heard of: {1}", node, failure.toString());
                  return true; // for ever: an API server that is away comes back
                });
  }

  void begin() {
    informer
        .start()
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.log(WARNING, "node " + node + ": pods not heard of", failure);
              } else {
                LOG.log(DEBUG, "node {0}: {1} pods", node, informer.getStore().list().size());
              }
            });
  }

  /** Whether we hear of changes at this moment. */
  boolean isWatching() {
    return informer.isWatching();
  }

  @Override
  public void onAdd(Pod pod) {
    seen(pod);
  }

  @Override
  public void onUpdate(Pod before, Pod now) {
    if (!before.getMetadata().getUid().equals(now.getMetadata().getUid())) {
      gone(before); // deleted and made anew under the same name while we did not listen
    }
    seen(now);
  }

  @Override
  public void onDelete(Pod pod, boolean unseen) {
    gone(pod);
  }

  /** Comes after the callbacks for all that was listed; the informer itself is sure before them. */
  @Override
  public void onList(String resourceVersion, boolean remainedEmpty) {
    bound.complete(node);
  }

  private void seen(Pod pod) {
    volumes.seen(pod);
    if (bound.seen(pod, node)) {
      queue.add(new PodUid(pod.getMetadata().getUid()));
    }
  }

  private void gone(Pod pod) {
    PodUid uid = new PodUid(pod.getMetadata().getUid());
    bound.vanished(uid);
    volumes.forget(uid);
    queue.add(uid);
  }

  @Override
  public void close() {
    informer.close();
  }
}
