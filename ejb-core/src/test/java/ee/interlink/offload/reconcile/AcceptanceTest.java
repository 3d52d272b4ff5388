package ee.interlink.offload.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.journal.SampleEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("UnnecessaryAssignment") // no container injects here
class AcceptanceTest {
  private final Acceptance acceptance = new Acceptance();
  private final SlowJournal journal = new SlowJournal();
  private final ExecutorService doors = Executors.newCachedThreadPool();

  /** Holds each transaction until it is let go, and writes down what was in it. */
  private static final class SlowJournal extends Journal {
    final List<Integer> transactions = new ArrayList<>();
    final CountDownLatch go = new CountDownLatch(1);
    PodUid unwritable;
    private final Set<PodUid> rows = new HashSet<>();

    @Override
    public Set<PodUid> accept(List<PodEntry> entries, Instant due) {
      synchronized (this) {
        transactions.add(entries.size());
      }
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (entries.stream().anyMatch(entry -> entry.uid().equals(unwritable))) {
        throw new IllegalStateException("a row that cannot be written");
      }
      Set<PodUid> news = new HashSet<>();
      for (PodEntry entry : entries) {
        if (rows.add(entry.uid())) {
          news.add(entry.uid());
        }
      }
      return news;
    }

    synchronized int begun() {
      return transactions.size();
    }
  }

  @BeforeEach
  void inject() {
    acceptance.journal = journal;
  }

  @AfterEach
  void end() {
    doors.shutdownNow();
  }

  @Test
  void those_that_come_while_one_is_being_recorded_are_recorded_together() throws Exception {
    Future<Boolean> first = record(SamplePod.freshUid());
    await().until(() -> journal.begun() == 1);
    List<Future<Boolean>> others = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      others.add(record(SamplePod.freshUid()));
    }
    await().until(() -> acceptance.waiting() == 7);
    journal.go.countDown();
    assertThat(first.get()).isTrue();
    for (Future<Boolean> other : others) {
      assertThat(other.get()).isTrue();
    }
    assertThat(journal.transactions).containsExactly(1, 7);
  }

  @Test
  void a_row_that_cannot_be_written_refuses_no_other() throws Exception {
    Future<Boolean> first = record(SamplePod.freshUid());
    await().until(() -> journal.begun() == 1);
    journal.unwritable = SamplePod.freshUid();
    Future<Boolean> bad = record(journal.unwritable);
    Future<Boolean> good = record(SamplePod.freshUid());
    await().until(() -> acceptance.waiting() == 2);
    journal.go.countDown();
    assertThat(first.get()).isTrue();
    assertThat(good.get()).isTrue();
    assertThatThrownBy(bad::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void a_known_uid_is_not_new() throws Exception {
    journal.go.countDown();
    PodUid uid = SamplePod.freshUid();
    assertThat(record(uid).get()).isTrue();
    assertThat(record(uid).get()).isFalse();
  }

  private Future<Boolean> record(PodUid uid) {
    return doors.submit(() -> acceptance.record(SampleEntry.of(uid), SampleEntry.NOON));
  }
}
