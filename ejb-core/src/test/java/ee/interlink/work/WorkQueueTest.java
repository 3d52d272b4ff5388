package ee.interlink.work;

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
    assertThat(takeOne()).isEqualTo(A);
    assertThat(takeOne()).isEqualTo(B);
    assertThatNothingIsLeft();
  }

  @Test
  void a_pod_added_while_in_work_is_looked_at_once_more_but_only_afterwards() throws Exception {
    queue.add(A);
    takeOne();
    queue.add(A);
    queue.add(A);
    queue.add(B);
    assertThat(takeOne()).as("not the one in work").isEqualTo(B);
    queue.done(A);
    assertThat(takeOne()).isEqualTo(A);
    queue.done(A);
    assertThatNothingIsLeft();
  }

  @Test
  void a_full_queue_says_so_and_forgets_nothing_that_it_holds() throws Exception {
    assertThat(queue.add(A)).isTrue();
    assertThat(queue.add(B)).isTrue();
    assertThat(queue.add(new PodUid("c"))).isFalse();
    assertThat(queue.add(A)).as("already in").isTrue();
    assertThat(takeOne()).isEqualTo(A);
    assertThat(queue.add(new PodUid("c"))).isTrue();
  }

  @Test
  void a_worker_waits_for_work() {
    work();
    queue.add(A);
    await().until(() -> taken.equals(List.of(A)));
  }

  @Test
  void what_has_gathered_is_taken_together_up_to_a_limit() throws Exception {
    WorkQueue wide = new WorkQueue(10);
    PodUid last = new PodUid("c");
    List.of(A, B, last).forEach(wide::add);
    assertThat(wide.take(2)).containsExactly(A, B);
    assertThat(wide.take(2)).as("without waiting for a second").containsExactly(last);
  }

  private PodUid takeOne() throws InterruptedException {
    return queue.take(1).get(0);
  }

  /** Whatever a worker would take before this marker was left. */
  private void assertThatNothingIsLeft() throws InterruptedException {
    PodUid marker = new PodUid("marker");
    queue.add(marker);
    assertThat(takeOne()).isEqualTo(marker);
  }

  private void work() {
    worker =
        new Thread(
            () -> {
              try {
                while (true) {
                  taken.add(takeOne());
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    worker.start();
  }
}
