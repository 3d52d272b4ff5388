package ee.interlink.work;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.PodUid;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final List<Thread> workers = new CopyOnWriteArrayList<>();

  @Test
  void a_worker_whose_work_swallows_the_interrupt_takes_no_more_pods() throws InterruptedException {
    add("a", "b");
    Crew crew = crew(1, 1, this::swallowOne);

    assertOneStepUntilTheEndOf(crew);
  }

  @Test
  void pods_taken_together_are_not_tried_one_by_one_at_the_end() throws InterruptedException {
    add("a", "b");
    Crew crew =
        crew(
            1,
            2,
            uids -> {
              swallowOne(uids);
              throw new IllegalStateException("interrupted");
            });

    assertOneStepUntilTheEndOf(crew);
  }

  @Test
  void pods_tried_one_by_one_are_not_gone_on_with_at_the_end() throws InterruptedException {
    add("a", "b", "c");
    Crew crew =
        crew(
            1,
            3,
            uids -> {
              if (uids.size() > 1) {
                throw new IllegalStateException("one of them");
              }
              swallowOne(uids);
            });

    assertOneStepUntilTheEndOf(crew);
  }

  @Test
  void a_worker_that_its_container_interrupts_takes_no_more_pods() throws InterruptedException {
    add("a", "b");
    crew(
        1,
        1,
        uids -> {
          steps.incrementAndGet();
          Thread.currentThread().interrupt();
        });

    workers.get(0).join();

    assertThat(steps).hasValue(1);
  }

  @Test
  void a_worker_that_cannot_be_interrupted_is_left_and_the_others_end()
      throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Crew crew =
        crew(
            2,
            1,
            uids -> {
              begun.countDown();
              while (never.getCount() > 0) {
                swallow(never);
              }
            });
    add("a");
    begun.await();

    Crew.end(List.of(crew));

    assertThat(workers).filteredOn(Thread::isAlive).hasSize(1);
    never.countDown();
  }

  private void assertOneStepUntilTheEndOf(Crew crew) throws InterruptedException {
    begun.await();

    Crew.end(List.of(crew));

    assertThat(steps).hasValue(1);
  }

  private void add(String... uids) {
    for (String uid : uids) {
      queue.add(new PodUid(uid));
    }
  }

  private void swallowOne(List<PodUid> uids) {
    steps.incrementAndGet();
    begun.countDown();
    swallow(new CountDownLatch(1));
  }

  private static void swallow(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      // As some libraries do.
    }
  }

  private Crew crew(int workers, int most, Consumer<List<PodUid>> work) {
    Crew crew = new Crew(queue, most, work);
    crew.begin(threads(), "crew", workers);
    return crew;
  }

  private ManagedThreadFactory threads() {
    return (ManagedThreadFactory)
        Proxy.newProxyInstance(
            CrewTest.class.getClassLoader(),
            new Class<?>[] {ManagedThreadFactory.class},
            (proxy, method, args) -> {
              Thread thread = new Thread((Runnable) args[0]);
              workers.add(thread);
              return thread;
            });
  }
}
