package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Backend;
import ee.interlink.offload.JobOwner;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.Journal;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs of pods that no longer exist: left by a submission that came through after all, or by a lost
 * journal. Only their owner's word ends them, and only when it has stood for several rounds; a job
 * without an origin may be another installation's and is left alone.
 */
@ApplicationScoped
public class Strays {
  private static final System.Logger LOG = System.getLogger(Strays.class.getName());
  private static final int ROUNDS = 3;

  @Inject Journal journal;
  @Inject LivePods live;
  @Inject Intake intake;
  @Inject @Any Instance<JobOwner> owners;
  private final Map<Queue, Map<PodUid, Integer>> seen = new ConcurrentHashMap<>();

  /** What is asked for at once: one account's jobs at one backend. */
  private record Queue(BackendName backend, AccountName account) {}

  /** What one observation round of one account has shown. */
  void round(Backend backend, AccountName account, List<JobReport> reports) {
    Map<PodUid, Integer> rounds =
        seen.computeIfAbsent(
            new Queue(backend.name(), account), queue -> new ConcurrentHashMap<>());
    Set<PodUid> now = new HashSet<>();
    boolean queueAnswered = false;
    for (JobReport report : reports) {
      queueAnswered |= report instanceof JobReport.Scheduled;
      if (report instanceof JobReport.Scheduled job
          && job.origin().isPresent()
          && !job.state().ended()
          && live.find(job.pod()).isEmpty()) {
        now.add(job.pod());
        look(backend, account, job, rounds);
      }
    }
    // A round may bring only what jobs have said themselves, which tells nothing of the others.
    if (queueAnswered) {
      rounds.keySet().retainAll(now);
    }
  }

  Iterable<JobOwner> owners() {
    return owners;
  }

  private Optional<Pod> remains(String origin, PodUid uid) {
    for (JobOwner owner : owners()) {
      Optional<Pod> remains = owner.stray(origin, uid);
      if (remains.isPresent()) {
        return remains;
      }
    }
    return Optional.empty();
  }

  private void look(
      Backend backend, AccountName account, JobReport.Scheduled job, Map<PodUid, Integer> rounds) {
    Optional<Pod> pod = remains(job.origin().get(), job.pod());
    if (pod.isEmpty() || journal.find(job.pod()).isPresent()) {
      rounds.remove(job.pod());
    } else if (rounds.merge(job.pod(), 1, Integer::sum) >= ROUNDS) {
      LOG.log(WARNING, "job {0}: its pod {1} is no more, it is to end", job.job(), job.pod());
      intake.bury(pod.get(), backend, account, Door.KUBERNETES);
      rounds.remove(job.pod());
    }
  }
}
