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
import ee.interlink.batch.SubmitOutcome;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  @Inject Changes changes;
  Clock clock = Clock.systemUTC();

  /**
   * @param entries of one backend and account
   * @param askFirst whether an earlier attempt may have come through
   */
  void submit(List<PodEntry> entries, boolean askFirst) {
    entries.forEach(entry -> live.change(entry.uid(), LivePod::tried));
    Map<PodUid, JobId> jobs = new LinkedHashMap<>();
    List<PodEntry> owed = new ArrayList<>();
    List<JobRequest> requests = new ArrayList<>();
    for (PodEntry entry : entries) {
      try {
        Optional<JobId> found = askFirst ? find(entry) : Optional.empty();
        if (found.isPresent()) {
          jobs.put(entry.uid(), found.get());
        } else {
          requests.add(request(entry.uid()));
          owed.add(entry);
        }
      } catch (BatchException e) {
        notSubmitted(entry, e);
      }
    }
    if (!owed.isEmpty()) {
      submit(owed, requests, jobs);
    }
    if (!jobs.isEmpty()) {
      keep(jobs);
    }
  }

  private Optional<JobId> find(PodEntry entry) throws BatchException {
    Optional<JobId> found =
        gateway.again(backend(entry), entry.account(), site -> site.find(entry.uid()));
    found.ifPresent(job -> LOG.log(INFO, "pod {0}: job {1} was there already", entry.uid(), job));
    return found;
  }

  private void submit(List<PodEntry> owed, List<JobRequest> requests, Map<PodUid, JobId> jobs) {
    try {
      PodEntry any = owed.get(0);
      List<SubmitOutcome> outcomes =
          gateway.once(backend(any), any.account(), site -> heard(site.submit(requests)));
      for (int i = 0; i < owed.size(); i++) {
        if (outcomes.get(i) instanceof SubmitOutcome.Submitted submitted) {
          jobs.put(owed.get(i).uid(), submitted.job());
        } else if (outcomes.get(i) instanceof SubmitOutcome.NotSubmitted not) {
          notSubmitted(owed.get(i), not.why());
        }
      }
    } catch (BatchException e) {
      owed.forEach(entry -> notSubmitted(entry, e));
    }
  }

  /** If the backend took none, because it is away, the lane's circuit breaker has to know. */
  private static List<SubmitOutcome> heard(List<SubmitOutcome> outcomes) throws BatchException {
    BatchException first = null;
    for (SubmitOutcome outcome : outcomes) {
      if (!(outcome instanceof SubmitOutcome.NotSubmitted not)
          || not.why() instanceof JobRejectedException) {
        return outcomes;
      }
      first = first == null ? not.why() : first;
    }
    if (first != null) {
      throw first;
    }
    return outcomes;
  }

  private void keep(Map<PodUid, JobId> jobs) {
    jobs.forEach((uid, job) -> live.change(uid, pod -> pod.withJob(new JobRef(uid, job))));
    journal.submitted(jobs);
    for (PodUid uid : jobs.keySet()) {
      staging.forget(uid);
      submissions.decided(uid);
      changes.submitted(uid);
    }
  }

  private void notSubmitted(PodEntry entry, BatchException why) {
    if (why instanceof JobRejectedException) {
      refuse(entry, why.getMessage());
    } else {
      later(entry, why);
    }
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

  private void refuse(PodEntry entry, String words) {
    LOG.log(INFO, "pod {0}: refused by {1}: {2}", entry.uid(), entry.backend(), words);
    journal.move(entry.uid(), Stage.SUBMIT, Stage.REFUSED, words, null);
    live.remove(entry.uid());
    staging.forget(entry.uid());
    submissions.decided(entry.uid());
    changes.of(entry.uid());
  }

  private void later(PodEntry entry, BatchException why) {
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
    changes.of(entry.uid());
  }
}
