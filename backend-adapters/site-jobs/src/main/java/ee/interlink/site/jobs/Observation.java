package ee.interlink.site.jobs;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import ee.interlink.runner.SpoolEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One round: one question for all jobs, and at times a second for those that vanished. */
final class Observation {
  private static final Duration ACCOUNTING_INTERVAL = Duration.ofSeconds(5);

  private final Questions questions;
  private final SiteSettings settings;
  private final EndedJobs ended;
  private final Clock clock;

  Observation(Questions questions, SiteSettings settings, Clock clock) {
    this.questions = questions;
    this.settings = settings;
    this.clock = clock;
    this.ended = new EndedJobs(questions);
  }

  JobReports report(Collection<JobRef> live, ReportCursor since) throws BatchException {
    SiteCursor cursor = SiteCursor.of(since);
    Instant now = clock.instant();
    boolean ask = due(cursor.queueAsked(), settings.queueInterval(), now);
    Questions.Round round = questions.round(ask, live, cursor);

    List<JobReport> reports = new ArrayList<>(round.spool().reports());
    Optional<String> outage = cursor.outage();
    Instant accountingAsked = cursor.accountingAsked();
    int asked = cursor.asked();
    Set<JobReport> news = cursor.news();
    QueueMemory memory = cursor.memory();
    if (round.word().isPresent()) {
      QueueWord word = round.word().get();
      outage = word.outage();
      boolean answered = outage.isEmpty();
      memory = word.memory();
      Set<JobReport> told = of(live, word.news());
      told.stream().filter(report -> !cursor.news().contains(report)).forEach(reports::add);
      news = answered ? told : news;
      reports.addAll(queued(word, live, cursor.first()));
      List<JobRef> vanished = answered ? vanished(word, live) : List.of();
      if (!vanished.isEmpty() && due(accountingAsked, ACCOUNTING_INTERVAL, now)) {
        List<JobRef> turn = turn(vanished, asked);
        reports.addAll(ended.ask(turn));
        accountingAsked = now;
        asked = (asked + turn.size()) % vanished.size();
      }
    }
    List<String> names = round.spool().entries().stream().map(SpoolEntry::format).toList();
    Instant queueAsked = ask ? now : cursor.queueAsked();
    return new JobReports(
        reports,
        new SiteCursor(
            names, over(reports), queueAsked, accountingAsked, asked, news, outage, memory),
        outage);
  }

  private static Set<PodUid> over(List<JobReport> reports) {
    return reports.stream()
        .filter(report -> report instanceof JobReport.Scheduled word && word.state().ended())
        .map(JobReport::pod)
        .collect(Collectors.toSet());
  }

  private static boolean due(Instant last, Duration interval, Instant now) {
    return last.equals(Instant.MIN) || !now.isBefore(last.plus(interval));
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
  private static List<JobReport> queued(QueueWord word, Collection<JobRef> live, boolean first) {
    Set<PodUid> wanted = pods(live);
    List<JobReport> reports = new ArrayList<>();
    for (JobReport.Scheduled report : word.jobs()) {
      if (first || !report.state().ended() || wanted.contains(report.pod())) {
        reports.add(report);
      }
    }
    return reports;
  }

  private static List<JobRef> vanished(QueueWord word, Collection<JobRef> live) {
    return live.stream()
        .filter(ref -> !word.mentioned().contains(ref.pod()))
        .sorted(Comparator.comparing(ref -> ref.pod().value()))
        .toList();
  }

  /** A bounded number at a time, each in its turn. */
  private List<JobRef> turn(List<JobRef> vanished, int asked) {
    List<JobRef> turn = new ArrayList<>();
    for (int i = 0; i < Math.min(questions.endedTogether(), vanished.size()); i++) {
      turn.add(vanished.get((asked + i) % vanished.size()));
    }
    return turn;
  }
}
