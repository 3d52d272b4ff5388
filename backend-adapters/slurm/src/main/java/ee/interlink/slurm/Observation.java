package ee.interlink.slurm;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import ee.interlink.runner.SpoolEntry;
import ee.interlink.site.CommandResult;
import ee.interlink.site.Input;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One round: one remote command for all jobs, and at times a second for those that vanished. */
final class Observation {
  private static final Duration ACCOUNTING_INTERVAL = Duration.ofSeconds(5);
  private static final int JOBS_PER_QUESTION = 500;
  private static final int ANSWER = 64 << 20;

  private final Site site;
  private final SlurmSettings settings;
  private final EndedJobs ended;
  private final Clock clock;

  Observation(Site site, SlurmSettings settings, Clock clock) {
    this.site = site;
    this.settings = settings;
    this.clock = clock;
    this.ended = new EndedJobs(site, settings);
  }

  JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    SlurmCursor cursor = SlurmCursor.of(since);
    Instant now = clock.instant();
    boolean ask = due(cursor.queueAsked(), settings.queueInterval(), now);
    Input taken = Input.of(String.join("\n", cursor.taken()).getBytes(StandardCharsets.UTF_8));
    CommandResult result = site.ask(Script.REPORT, List.of(ask ? "yes" : "no"), taken, ANSWER);
    QueueAnswer answer = QueueAnswer.parse(result, JobComment.mark(settings.backend()), ask);

    List<JobReport> reports = new ArrayList<>(spooled(answer));
    Optional<String> outage = cursor.outage();
    Instant accountingAsked = cursor.accountingAsked();
    int asked = cursor.asked();
    if (ask) {
      boolean answered = answer.queueStatus().orElseThrow() == 0;
      outage = answered ? Optional.empty() : Optional.of("squeue: " + Words.last(result.errors()));
      reports.addAll(queued(answer, live, cursor.first()));
      List<JobRef> vanished = answered ? vanished(answer, live) : List.of();
      if (!vanished.isEmpty() && due(accountingAsked, ACCOUNTING_INTERVAL, now)) {
        List<JobRef> turn = turn(vanished, asked);
        reports.addAll(ended.ask(turn));
        accountingAsked = now;
        asked = (asked + turn.size()) % vanished.size();
      }
    }
    List<String> names = answer.spool().stream().map(SpoolEntry::format).toList();
    Instant queueAsked = ask ? now : cursor.queueAsked();
    return new JobReports(
        reports, new SlurmCursor(names, queueAsked, accountingAsked, asked, outage), outage);
  }

  private static boolean due(Instant last, Duration interval, Instant now) {
    return last.equals(Instant.MIN) || !now.isBefore(last.plus(interval));
  }

  private static List<JobReport> spooled(QueueAnswer answer) {
    return answer.spool().stream()
        .sorted(Comparator.comparing(SpoolEntry::at).thenComparing(SpoolEntry::kind))
        .map(entry -> entry.report(answer.messages().getOrDefault(entry.format(), "")))
        .toList();
  }

  /** Slurm shows ended jobs for minutes; those that the caller has done with are left out. */
  private static List<JobReport> queued(
      QueueAnswer answer, Collection<JobRef> live, boolean first) {
    Set<PodUid> wanted = new HashSet<>();
    live.forEach(ref -> wanted.add(ref.pod()));
    List<JobReport> reports = new ArrayList<>();
    for (QueuedJob job : answer.jobs()) {
      JobReport.Scheduled report = job.report();
      if (first || !report.state().ended() || wanted.contains(job.pod())) {
        reports.add(report);
      }
    }
    return reports;
  }

  private static List<JobRef> vanished(QueueAnswer answer, Collection<JobRef> live) {
    Set<PodUid> mentioned = new HashSet<>();
    answer.jobs().forEach(job -> mentioned.add(job.pod()));
    return live.stream()
        .filter(ref -> !mentioned.contains(ref.pod()))
        .sorted(Comparator.comparing(ref -> ref.pod().value()))
        .toList();
  }

  /** A bounded number at a time, each in its turn. */
  private static List<JobRef> turn(List<JobRef> vanished, int asked) {
    List<JobRef> turn = new ArrayList<>();
    for (int i = 0; i < Math.min(JOBS_PER_QUESTION, vanished.size()); i++) {
      turn.add(vanished.get((asked + i) % vanished.size()));
    }
    return turn;
  }
}
