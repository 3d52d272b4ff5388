package ee.interlink.offload.reconcile;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Records new pods. Who comes while another's transaction is being committed waits for it, and then
 * one records for all that wait: in a burst most of a commit's cost is shared, and a pod that comes
 * alone waits for nobody.
 */
@ApplicationScoped
public class Acceptance {
  @Inject Journal journal;
  private List<Wish> waiting = new ArrayList<>();
  private boolean busy;

  private static final class Wish {
    final PodEntry entry;
    final Instant due;
    boolean decided;
    boolean recorded;
    RuntimeException failure;

    Wish(PodEntry entry, Instant due) {
      this.entry = entry;
      this.due = due;
    }
  }

  /**
   * Returns once the intent is on disk.
   *
   * @return false if the UID is known already; then nothing changes
   */
  boolean record(PodEntry entry, Instant due) {
    Wish own = new Wish(entry, due);
    List<Wish> together = join(own);
    if (!together.isEmpty()) {
      try {
        decide(together);
      } finally {
        leave(together);
      }
    }
    if (own.failure != null) {
      throw own.failure;
    }
    return own.recorded;
  }

  /** Waits until the wish is decided or nobody is busy: then those that wait are the caller's. */
  private synchronized List<Wish> join(Wish own) {
    waiting.add(own);
    boolean interrupted = false;
    while (busy && !own.decided) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // a commit is short, and its outcome must be known
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (own.decided) {
      return List.of();
    }
    busy = true;
    List<Wish> together = waiting;
    waiting = new ArrayList<>();
    return together;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized void leave(List<Wish> together) {
    together.forEach(wish -> wish.decided = true);
    busy = false;
    notifyAll();
  }

  private void decide(List<Wish> together) {
    try {
      write(together);
    } catch (RuntimeException e) {
      if (together.size() == 1) {
        together.get(0).failure = e;
        return;
      }
      // One row that cannot be written must not refuse the others.
      together.forEach(wish -> decide(List.of(wish)));
    }
  }

  private void write(List<Wish> together) {
    List<PodEntry> entries = together.stream().map(wish -> wish.entry).toList();
    Set<PodUid> news = journal.accept(entries, together.get(0).due);
    for (Wish wish : together) {
      wish.recorded = news.contains(wish.entry.uid());
    }
  }
}
