package ee.interlink.offload.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.PodUid;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrewTest {
  private final WorkQueue queue = new WorkQueue(100);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void a_worker_whose_work_swallows_the_interrupt_takes_no_more_pods() throws InterruptedException {
    Crew crew =
        crew(
            1,
            uids -> {
              steps.incrementAndGet();
              begun.countDown();
              swallow(new CountDownLatch(1));
            });
    queue.add(new PodUid("a"));
    queue.add(new PodUid("b"));
    begun.await();

    Crew.end(List.of(crew));

    assertThat(steps).hasValue(1);
  }

  @Test
  void pods_taken_together_are_not_tried_one_by_one_at_the_end() throws InterruptedException {
    queue.add(new PodUid("a"));
    queue.add(new PodUid("b"));
    Crew crew =
        crew(
            2,
            uids -> {
              steps.incrementAndGet();
              begun.countDown();
              swallow(new CountDownLatch(1));
              throw new IllegalStateException("interrupted");
            });
    begun.await();

    Crew.end(List.of(crew));

    assertThat(steps).hasValue(1);
  }

  @Test
  void a_worker_that_cannot_be_interrupted_is_left_and_does_not_hold_up_the_others()
      throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Crew stuck =
        crew(
            1,
            uids -> {
              begun.countDown();
              while (never.getCount() > 0) {
                swallow(never);
              }
            });
    queue.add(new PodUid("a"));
    begun.await();

    Crew.end(List.of(stuck));

    never.countDown();
  }

  private static void swallow(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  private Crew crew(int most, Consumer<List<PodUid>> work) {
    Crew crew = new Crew(queue, most, work);
    crew.begin(threads(), "crew", 1);
    return crew;
  }

  private static ManagedThreadFactory threads() {
    return (ManagedThreadFactory)
        Proxy.newProxyInstance(
            CrewTest.class.getClassLoader(),
            new Class<?>[] {ManagedThreadFactory.class},
            (proxy, method, args) -> new Thread((Runnable) args[0]));
  }
}
