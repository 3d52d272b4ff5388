package ee.interlink.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.github.bucket4j.BlockingBucket;
import java.lang.reflect.Proxy;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {
  private long taken;

  private final Throttle throttle =
      new Throttle(
          proxy(
              BlockingBucket.class,
              arguments -> {
                taken += (long) arguments[0];
                return null;
              }));

  private interface Answer {
    Object to(Object... arguments);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(arguments)));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/nodes/site-a, 1",
    "/api/v1/namespaces/leases/pods/leases/status, 1",
    "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/site-a, 0",
    "/prefix/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/site-a, 0",
  })
  void each_request_waits_its_turn_except_for_leases(String path, long places) {
    URI uri = URI.create("https://api.example.org" + path + "?fieldManager=interlink-ee");
    throttle.before(null, proxy(HttpRequest.class, arguments -> uri), null);
    assertThat(taken).isEqualTo(places);
  }
}
