package ee.interlink.kubernetes;

import ee.interlink.configuration.KubernetesSettings;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * Keeps our requests to the API server within what configuration allows; whoever asks for more
 * waits. Leases do not: a node must not seem dead because its pods are many.
 */
final class Throttle implements Interceptor {
  private static final String LEASES = "/apis/coordination.k8s.io/";
  private final BlockingBucket bucket;

  Throttle(BlockingBucket bucket) {
    this.bucket = bucket;
  }

  static Throttle of(KubernetesSettings settings) {
    return new Throttle(
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(settings.burst())
                        .refillGreedy(settings.qps(), Duration.ofSeconds(1)))
            .build()
            .asBlocking());
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!request.uri().getPath().contains(LEASES)) {
      try {
        bucket.consume(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the request itself will end on it
      }
    }
  }
}
