package ee.interlink.site.jobs;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One round: one remote command for all jobs, and at times a second for those that vanished. */
final class Observation {
  private static final Duration ACCOUNTING_INTERVAL = Duration.ofSeconds(5);
  private static final int JOBS_PER_QUESTION = 500;
  private static final int ANSWER = 64 << 20;

  private final Site site;
  private final SiteSettings settings;
  private final Scheduler scheduler;
  private final EndedJobs ended;
  private final Clock clock;

  Observation(Site site, SiteSettings settings, Scheduler scheduler, Clock clock) {
    this.site = site;
    this.settings = settings;
    this.scheduler = scheduler;
    this.clock = clock;
    this.ended = new EndedJobs(site, settings, scheduler);
  }

  JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    SiteCursor cursor = SiteCursor.of(since);
    Instant now = clock.instant();
    boolean ask = due(cursor.queueAsked(), settings.queueInterval(), now);
    Input done = Input.of(cursor.done().getBytes(StandardCharsets.UTF_8));
    CommandResult result = site.ask(Script.REPORT, arguments(ask), done, ANSWER);
    QueueAnswer answer = QueueAnswer.parse(result, scheduler, ask);

    List<JobReport> reports = new ArrayList<>(spooled(answer));
    Optional<String> outage = cursor.outage();
    Instant accountingAsked = cursor.accountingAsked();
    int asked = cursor.asked();
    Set<JobReport> news = cursor.news();
    if (ask) {
      boolean answered = answer.queueStatus().orElseThrow() == 0;
      outage = answered ? Optional.empty() : Optional.of(outage(result));
      Set<JobReport> told = of(live, answer.news());
      told.stream().filter(report -> !cursor.news().contains(report)).forEach(reports::add);
      news = answered ? told : news;
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
        reports,
        new SiteCursor(names, over(reports), queueAsked, accountingAsked, asked, news, outage),
        outage);
  }

  private static Set<PodUid> over(List<JobReport> reports) {
    return reports.stream()
        .filter(report -> report instanceof JobReport.Scheduled word && word.state().ended())
        .map(JobReport::pod)
        .collect(Collectors.toSet());
  }

  private List<String> arguments(boolean ask) {
    List<String> arguments = new ArrayList<>(List.of(ask ? "yes" : "no"));
    arguments.addAll(scheduler.queueArguments());
    return arguments;
  }

  private String outage(CommandResult result) {
    return scheduler.queueCommand() + ": " + Words.last(result.errors(), scheduler::ownError);
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

  /**
   * In their order. The queue tells them again and again, as long as a job is in it; those of a job
   * that the caller does not know yet are not told, and so are still to be told.
   */
  private static Set<JobReport> of(Collection<JobRef> live, List<JobReport> news) {
    if (news.isEmpty()) {
      return Set.of();
    }
    Set<PodUid> wanted = pods(live);
    return news.stream()
        .filter(report -> wanted.contains(report.pod()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<PodUid> pods(Collection<JobRef> jobs) {
    return jobs.stream().map(JobRef::pod).collect(Collectors.toSet());
  }

  /** A queue may show ended jobs for minutes; those that the caller has done with are left out. */
  private static List<JobReport> queued(
      QueueAnswer answer, Collection<JobRef> live, boolean first) {
    Set<PodUid> wanted = pods(live);
    List<JobReport> reports = new ArrayList<>();
    for (JobReport.Scheduled report : answer.jobs()) {
      if (first || !report.state().ended() || wanted.contains(report.pod())) {
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
