package ee.interlink.kubernetes;

import ee.interlink.configuration.Configuration;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one way to the API server. Asked for only if a node is configured. */
@ApplicationScoped
public class Cluster {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int AT_ONCE = 32;

  /** Far more than the requests that may be under way at once. */
  private static final int MOST_THREADS = 256;

  private static final long IDLE_SECONDS = 60;

  @Resource ManagedThreadFactory threads;
  @Inject Configuration configuration;
  private ExecutorService work;
  private KubernetesClient client;

  /** Made at the first call; connects nowhere by itself. */
  public synchronized KubernetesClient client() {
    if (client == null) {
      Throttle throttle = Throttle.of(configuration.kubernetes());
      // A pool of our own: a managed executor captures its caller's context anew for each task, and
      // an informer has several for each thing it hears.
      work =
          new ThreadPoolExecutor(
              0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
      client =
          new KubernetesClientBuilder()
              .withConfig(settings(configuration.kubernetes().kubeconfig()))
              .withTaskExecutor(work)
              .withHttpClientBuilderConsumer(
                  http -> http.addOrReplaceInterceptor("throttle", throttle))
              .build();
    }
    return client;
  }

  private static Config settings(Optional<Path> kubeconfig) {
    Config found =
        kubeconfig.isPresent()
            ? Config.fromKubeconfig(kubeconfig.get().toFile())
            : Config.autoConfigure(null);
    Config config =
        new ConfigBuilder(found)
            .withConnectionTimeout(PATIENCE_MILLIS)
            .withRequestTimeout(PATIENCE_MILLIS)
            .withMaxConcurrentRequests(AT_ONCE)
            .withMaxConcurrentRequestsPerHost(AT_ONCE)
            // Whoever asks knows better whether and when to ask again.
            .withRequestRetryBackoffLimit(0)
            .build();
    ClientKey.nameAlgorithm(config);
    return config;
  }

  @PreDestroy
  synchronized void close() {
    if (client != null) {
      client.close();
      work.shutdownNow();
    }
  }
}
