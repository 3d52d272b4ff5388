package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.backends.BackendGateway;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.JobRequests;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** The step from a recorded intent to a job, exactly one. */
@ApplicationScoped
public class Submitting {
  private static final System.Logger LOG = System.getLogger(Submitting.class.getName());

  @Inject Configuration configuration;
  @Inject Journal journal;
  @Inject LivePods live;
  @Inject Staging staging;
  @Inject Submissions submissions;
  @Inject BackendGateway gateway;
  Clock clock = Clock.systemUTC();

  /**
   * @param askFirst whether an earlier attempt may have come through
   * @return whether it is decided
   */
  boolean submit(PodEntry entry, boolean askFirst) {
    live.change(entry.uid(), LivePod::tried);
    try {
      JobId job = job(entry, askFirst);
      live.change(entry.uid(), pod -> pod.withJob(new JobRef(entry.uid(), job)));
      boolean moved = journal.submitted(entry.uid(), job);
      staging.forget(entry.uid());
      submissions.decided(entry.uid());
      return moved;
    } catch (JobRejectedException e) {
      return refuse(entry, e.getMessage());
    } catch (BatchException e) {
      return later(entry, e);
    }
  }

  private JobId job(PodEntry entry, boolean askFirst) throws BatchException {
    Backend backend = backend(entry);
    if (askFirst) {
      Optional<JobId> found =
          gateway.again(backend, entry.account(), site -> site.find(entry.uid()));
      if (found.isPresent()) {
        LOG.log(INFO, "pod {0}: job {1} was there already", entry.uid(), found.get());
        return found.get();
      }
    }
    JobRequest request = request(entry.uid());
    return gateway.once(backend, entry.account(), site -> site.submit(request));
  }

  private Backend backend(PodEntry entry) throws BackendUnavailableException {
    Backend backend = configuration.backends().get(entry.backend());
    if (backend == null) {
      throw new BackendUnavailableException(
          "backend " + entry.backend() + " is not configured any more");
    }
    return backend;
  }

  private JobRequest request(PodUid uid) throws BatchException {
    try {
      ResolvedPod pod =
          staging
              .find(uid)
              .orElseThrow(
                  () ->
                      new JobRejectedException(
                          "what the pod consists of was lost before its submission"));
      return JobRequests.from(pod);
    } catch (IOException e) {
      throw new BackendUnavailableException("the state directory cannot be read", e);
    } catch (RefusedPodException e) {
      throw new JobRejectedException(e.getMessage(), e);
    }
  }

  private boolean refuse(PodEntry entry, String words) {
    LOG.log(INFO, "pod {0}: refused by {1}: {2}", entry.uid(), entry.backend(), words);
    boolean moved = journal.move(entry.uid(), Stage.SUBMIT, Stage.REFUSED, words, null);
    live.remove(entry.uid());
    staging.forget(entry.uid());
    submissions.decided(entry.uid());
    return moved;
  }

  private boolean later(PodEntry entry, BatchException why) {
    live.change(entry.uid(), LivePod::failed);
    int attempts = live.find(entry.uid()).map(LivePod::attempts).orElse(1);
    LOG.log(
        WARNING,
        "pod {0}: not submitted, attempt {1}: {2}",
        entry.uid(),
        attempts,
        why.getMessage());
    journal.later(
        entry.uid(), Stage.SUBMIT, why.getMessage(), clock.instant().plus(Backoff.after(attempts)));
    return false;
  }
}
