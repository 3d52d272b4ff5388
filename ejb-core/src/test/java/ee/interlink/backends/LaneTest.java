package ee.interlink.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobRejectedException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.inject.ConfigExtension;
import io.smallrye.faulttolerance.FaultToleranceExtension;
import io.smallrye.faulttolerance.metrics.MetricsIntegration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one backend does never closes the way to another. */
class LaneTest {
  private static final int VOLUME = 8;
  private static final int READERS = 8;
  private static Config config;
  private static WeldContainer container;

  @BeforeAll
  static void start() {
    config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "interlink.backends.site-a.driver", "fake",
                        "interlink.backends.site-b.driver", "fake",
                        "interlink.backends.site-c.driver", "fake",
                        "interlink.backends.site-d.driver", "fake"),
                    "test",
                    100))
            .build();
    ConfigProviderResolver.instance()
        .registerConfig(config, Thread.currentThread().getContextClassLoader());
    container =
        new Weld()
            .disableDiscovery()
            .addExtensions(
                new FaultToleranceExtension(MetricsIntegration.NOOP),
                new ConfigExtension(),
                new LaneExtension())
            .initialize();
  }

  @AfterAll
  static void stop() {
    if (container != null) {
      container.close();
    }
    ConfigProviderResolver.instance().releaseConfig(config);
  }

  @Test
  void an_open_circuit_of_one_backend_leaves_the_others_closed() throws Exception {
    for (int i = 0; i < VOLUME; i++) {
      assertThatThrownBy(() -> lane("site-a").act(LaneTest::away))
          .isInstanceOf(BackendUnavailableException.class);
    }
    assertThatThrownBy(() -> lane("site-a").act(() -> "reached"))
        .isInstanceOf(CircuitBreakerOpenException.class);
    assertThat(lane("site-b").act(() -> "reached")).isEqualTo("reached");
  }

  @Test
  void an_open_circuit_stops_neither_the_observation_nor_logs() throws Exception {
    for (int i = 0; i < VOLUME; i++) {
      assertThatThrownBy(() -> lane("site-d").act(LaneTest::away)).isNotNull();
    }
    assertThat(lane("site-d").watch(() -> "reached")).isEqualTo("reached");
    assertThat(lane("site-d").read(() -> "reached")).isEqualTo("reached");
  }

  @Test
  void who_reads_while_all_places_are_taken_waits_for_one() throws Exception {
    Semaphore inside = new Semaphore(0);
    Semaphore leave = new Semaphore(0);
    List<Future<String>> readers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(() -> lane("site-b").read(() -> stay(inside, leave))));
      }
      inside.acquireUninterruptibly(READERS);
      // Long after the first look of one more, and long before its patience ends.
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS)
          .execute(() -> leave.release(READERS));
      assertThat(lane("site-b").read(() -> "reached")).isEqualTo("reached");
      for (Future<String> reader : readers) {
        assertThat(reader.get()).isEqualTo("left");
      }
    } finally {
      leave.release(READERS);
      threads.shutdown();
    }
  }

  private static String stay(Semaphore inside, Semaphore leave) {
    inside.release();
    leave.acquireUninterruptibly();
    return "left";
  }

  @Test
  void a_backend_that_refuses_jobs_is_well() throws Exception {
    for (int i = 0; i < 2 * VOLUME; i++) {
      assertThatThrownBy(() -> lane("site-c").act(LaneTest::refused))
          .isInstanceOf(JobRejectedException.class);
    }
    assertThat(lane("site-c").act(() -> "reached")).isEqualTo("reached");
  }

  private static Lane lane(String backend) {
    return container.select(Lane.class, new ForBackend.Literal(backend)).get();
  }

  private static String away() throws BackendUnavailableException {
    throw new BackendUnavailableException("connection refused");
  }

  private static String refused() throws JobRejectedException {
    throw new JobRejectedException("no such partition");
  }
}
