package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import ee.interlink.backends.BackendGateway;
import ee.interlink.backends.BackendHealth;
import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import ee.interlink.configuration.Backend;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.status.PodFacts;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One observation round of one backend: one question for all jobs of an account, what is new is
 * kept in one transaction, and only then may the backend forget it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Observation {
  private static final System.Logger LOG = System.getLogger(Observation.class.getName());

  @Inject BackendGateway gateway;
  @Inject BackendHealth health;
  @Inject Journal journal;
  @Inject LivePods live;
  @Inject WorkQueues queues;
  @Inject Cursors cursors;
  @Inject Changes changes;
  @Inject Strays strays;
  @Inject Deadlines deadlines;
  Clock clock = Clock.systemUTC();

  /** Never throws for a backend's fault: that is noted as its health. */
  public void round(Backend backend) {
    Set<AccountName> accounts = new HashSet<>(live.accounts(backend.name()));
    accounts.add(backend.account());
    String outage = "";
    for (AccountName account : accounts) {
      try {
        outage = outage + observe(backend, account);
      } catch (BatchException e) {
        outage = outage + e.getMessage();
      }
    }
    note(backend.name(), outage);
  }

  /** Returns the scheduler's outage, or an empty text. */
  private String observe(Backend backend, AccountName account) throws BatchException {
    List<JobRef> jobs = live.jobs(backend.name(), account);
    ReportCursor since = cursors.of(backend.name(), account);
    JobReports answer = gateway.watch(backend, account, site -> site.report(jobs, since));
    Map<PodUid, PodFacts> news = fold(answer.reports());
    strays.round(backend, account, answer.reports());
    List<PodUid> overdue = overdue(backend.name(), account, news);
    if (!news.isEmpty()) {
      journal.observed(news);
      news.forEach((uid, facts) -> live.change(uid, pod -> pod.withFacts(facts)));
      news.keySet().forEach(changes::of);
    }
    for (PodUid uid : overdue) {
      deadlines.forget(uid); // it is kept from now on
      queues.add(backend.name(), uid);
    }
    cursors.advance(backend.name(), account, answer.next());
    lookAtThoseOver(backend.name(), jobs, news.keySet());
    return answer.outage().orElse("");
  }

  private Map<PodUid, PodFacts> fold(List<JobReport> reports) {
    Instant now = clock.instant();
    Map<PodUid, PodFacts> news = new HashMap<>();
    for (JobReport report : reports) {
      live.facts(report.pod())
          .ifPresent(
              known -> {
                PodFacts before = news.getOrDefault(report.pod(), known);
                PodFacts after = before.with(report, now);
                if (!after.equals(before)) {
                  news.put(report.pod(), after);
                }
              });
    }
    return news;
  }

  /** Adds to the news which pods are beyond their deadline; returns those. */
  private List<PodUid> overdue(
      BackendName backend, AccountName account, Map<PodUid, PodFacts> news) {
    Instant now = clock.instant();
    List<PodUid> overdue = new ArrayList<>();
    for (PodUid uid : deadlines.passed(now)) {
      Optional<LivePod> pod = live.find(uid);
      if (pod.isEmpty()) {
        deadlines.forget(uid); // its job is over
      } else if (pod.get().backend().equals(backend) && pod.get().account().equals(account)) {
        PodFacts before = news.getOrDefault(uid, pod.get().facts());
        PodFacts after = before.overdue(now);
        if (!after.equals(before)) {
          news.put(uid, after);
        }
        overdue.add(uid);
      }
    }
    return overdue;
  }

  private void lookAtThoseOver(BackendName backend, List<JobRef> jobs, Set<PodUid> news) {
    Set<PodUid> candidates = new HashSet<>(news);
    jobs.forEach(job -> candidates.add(job.pod()));
    for (PodUid uid : candidates) {
      if (live.facts(uid).map(PodFacts::jobOver).orElse(false)) {
        queues.add(backend, uid);
      }
    }
  }

  private void note(BackendName backend, String outage) {
    Instant now = clock.instant();
    if (!outage.isEmpty()) {
      if (health.down(backend, outage, now)) {
        LOG.log(WARNING, "backend {0} is out: {1}", backend, outage);
      }
    } else if (health.up(backend, now)) {
      LOG.log(INFO, "backend {0} answers", backend);
      live.heldBack(backend).forEach(uid -> queues.add(backend, uid));
    }
  }
}
