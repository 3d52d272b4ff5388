package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.backends.BackendGateway;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Cancellation;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The steps from a wish to delete to nothing left: cancel until confirmed, then remove. */
@ApplicationScoped
public class Ending {
  private static final System.Logger LOG = System.getLogger(Ending.class.getName());

  /** A cancel may get lost; it is repeated until the backend confirms the end. */
  private static final Duration REPEAT = Duration.ofSeconds(5);

  /**
   * What the runner gives a container beyond the grace period if its hook took all of that, two
   * seconds, and one to tell of the end. A cancel without grace would come in between.
   */
  private static final Duration LAST = Duration.ofSeconds(3);

  @Inject Configuration configuration;
  @Inject Journal journal;
  @Inject LivePods live;
  @Inject Staging staging;
  @Inject Submissions submissions;
  @Inject BackendGateway gateway;
  @Inject Changes changes;

  /** A step that needs the backend; returns whether the pod moved on. */
  @FunctionalInterface
  private interface Step {
    boolean at(Backend backend) throws BatchException;
  }

  boolean findJob(PodEntry entry, Instant now) {
    return attempt(
        List.of(entry),
        now,
        backend -> {
          Optional<JobId> job =
              gateway.again(backend, entry.account(), site -> site.find(entry.uid()));
          if (job.isEmpty()) {
            return journal.move(entry.uid(), Stage.CANCEL, Stage.DISCARD, "", now);
          }
          journal.found(entry.uid(), job.get(), now);
          live.change(entry.uid(), pod -> pod.withJob(new JobRef(entry.uid(), job.get())));
          return true;
        });
  }

  /**
   * That a pod's job ends.
   *
   * @param entry with a job
   * @param grace what is left of its grace period
   */
  record Wish(PodEntry entry, Duration grace) {
    Cancellation cancellation() {
      return new Cancellation(entry.jobRef().orElseThrow(), grace);
    }
  }

  /**
   * @param wishes of one backend and account
   */
  void cancel(List<Wish> wishes, Instant now) {
    List<PodEntry> entries = wishes.stream().map(Wish::entry).toList();
    List<Cancellation> cancellations = wishes.stream().map(Wish::cancellation).toList();
    attempt(
        entries,
        now,
        backend -> {
          gateway.again(
              backend,
              entries.get(0).account(),
              site -> {
                site.cancel(cancellations);
                return cancellations;
              });
          for (Wish wish : wishes) {
            Instant next = now.plus(pauseAfterCancel(wish.grace()));
            journal.later(wish.entry().uid(), wish.entry().stage(), "", next);
          }
          return false;
        });
  }

  /**
   * How long before the next cancel.
   *
   * @param grace what was left with this one
   */
  static Duration pauseAfterCancel(Duration grace) {
    boolean much = grace.isZero() || grace.compareTo(REPEAT.plus(LAST)) > 0;
    return much ? REPEAT : grace.plus(LAST);
  }

  boolean discard(PodEntry entry, Instant now) {
    return attempt(
        List.of(entry),
        now,
        backend -> {
          gateway.again(
              backend,
              entry.account(),
              site -> {
                site.discard(entry.uid());
                return entry;
              });
          staging.forget(entry.uid());
          live.remove(entry.uid());
          submissions.decided(entry.uid());
          if (entry.door() != Door.KUBERNETES) {
            return journal.move(entry.uid(), Stage.DISCARD, Stage.GONE, "", null);
          }
          boolean left = journal.move(entry.uid(), Stage.DISCARD, Stage.LEFT, "", now.plus(REPEAT));
          changes.left(entry.uid());
          return left;
        });
  }

  /**
   * @param entries of one backend
   */
  private boolean attempt(List<PodEntry> entries, Instant now, Step step) {
    BackendName name = entries.get(0).backend();
    Backend backend = configuration.backends().get(name);
    try {
      if (backend == null) {
        throw new BackendUnavailableException("it is not configured any more");
      }
      return step.at(backend);
    } catch (BatchException e) {
      for (PodEntry entry : entries) {
        String why = e.getMessage();
        LOG.log(WARNING, "pod {0}: {1} not asked to end it: {2}", entry.uid(), name, why);
        journal.later(entry.uid(), entry.stage(), why, now.plus(REPEAT));
        changes.of(entry.uid());
      }
      return false;
    }
  }
}
