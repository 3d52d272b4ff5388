package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.backends.BackendGateway;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
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
        entry,
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

  boolean cancel(PodEntry entry, Duration grace, Instant now) {
    return attempt(
        entry,
        now,
        backend -> {
          JobRef job = entry.jobRef().orElseThrow();
          gateway.again(
              backend,
              entry.account(),
              site -> {
                site.cancel(job, grace);
                return job;
              });
          journal.later(entry.uid(), Stage.CANCEL, "", now.plus(pauseAfterCancel(grace)));
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
        entry,
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

  private boolean attempt(PodEntry entry, Instant now, Step step) {
    Backend backend = configuration.backends().get(entry.backend());
    try {
      if (backend == null) {
        throw new BackendUnavailableException("it is not configured any more");
      }
      return step.at(backend);
    } catch (BatchException e) {
      LOG.log(
          WARNING,
          "pod {0}: {1} not asked to end it: {2}",
          entry.uid(),
          entry.backend(),
          e.getMessage());
      journal.later(entry.uid(), entry.stage(), e.getMessage(), now.plus(REPEAT));
      changes.of(entry.uid());
      return false;
    }
  }
}
