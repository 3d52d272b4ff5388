package ee.interlink.offload.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.PodUid;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static final PodUid A = new PodUid("a");
  private static final PodUid B = new PodUid("b");
  private final WorkQueue queue = new WorkQueue(2);
  private final List<PodUid> taken = new CopyOnWriteArrayList<>();
  private Thread worker;

  @AfterEach
  void stop() {
    if (worker != null) {
      worker.interrupt();
    }
  }

  @Test
  void a_pod_added_twice_is_looked_at_once() throws Exception {
    queue.add(A);
    queue.add(A);
    queue.add(B);
    assertThat(queue.take()).isEqualTo(A);
    assertThat(queue.take()).isEqualTo(B);
    assertThatNothingIsLeft();
  }

  @Test
  void a_pod_added_while_in_work_is_looked_at_once_more_but_only_afterwards() throws Exception {
    queue.add(A);
    queue.take();
    queue.add(A);
    queue.add(A);
    queue.add(B);
    assertThat(queue.take()).as("not the one in work").isEqualTo(B);
    queue.done(A);
    assertThat(queue.take()).isEqualTo(A);
    queue.done(A);
    assertThatNothingIsLeft();
  }

  @Test
  void a_full_queue_says_so_and_forgets_nothing_that_it_holds() throws Exception {
    assertThat(queue.add(A)).isTrue();
    assertThat(queue.add(B)).isTrue();
    assertThat(queue.add(new PodUid("c"))).isFalse();
    assertThat(queue.add(A)).as("already in").isTrue();
    assertThat(queue.take()).isEqualTo(A);
    assertThat(queue.add(new PodUid("c"))).isTrue();
  }

  @Test
  void a_worker_waits_for_work() {
    work();
    queue.add(A);
    await().until(() -> taken.equals(List.of(A)));
  }

  /** Whatever a worker would take before this marker was left. */
  private void assertThatNothingIsLeft() throws InterruptedException {
    PodUid marker = new PodUid("marker");
    queue.add(marker);
    assertThat(queue.take()).isEqualTo(marker);
  }

  private void work() {
    worker =
        new Thread(
            () -> {
              try {
                while (true) {
                  taken.add(queue.take());
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    worker.start();
  }
}
