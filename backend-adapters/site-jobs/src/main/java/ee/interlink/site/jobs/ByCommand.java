package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Questions to a scheduler's commands: one remote command has the queue and the spool. */
final class ByCommand implements Questions {
  private static final int JOBS_PER_QUESTION = 500;

  private final Folders folders;
  private final SiteSettings settings;
  private final Scheduler scheduler;

  ByCommand(Folders folders, SiteSettings settings, Scheduler scheduler) {
    this.folders = folders;
    this.settings = settings;
    this.scheduler = scheduler;
  }

  @Override
  public Round round(boolean queue, Collection<JobRef> live, SiteCursor cursor)
      throws BatchException {
    return read(folders.report(cursor, scheduler.queueArguments(), queue), scheduler, queue);
  }

  static Round read(Sections sections, Scheduler scheduler, boolean queue)
      throws BackendUnavailableException {
    Optional<QueueWord> word = queue ? Optional.of(word(sections, scheduler)) : Optional.empty();
    return new Round(word, SpoolAnswer.read(sections));
  }

  private static QueueWord word(Sections sections, Scheduler scheduler)
      throws BackendUnavailableException {
    List<JobReport.Scheduled> jobs = new ArrayList<>();
    List<JobReport> news = new ArrayList<>();
    for (String line : sections.until("queue")) {
      scheduler.queued(line).ifPresent(jobs::add);
      news.addAll(scheduler.news(line));
    }
    boolean answered = sections.number() == 0;
    Set<PodUid> mentioned = new HashSet<>();
    jobs.forEach(job -> mentioned.add(job.pod()));
    return new QueueWord(
        jobs,
        mentioned,
        news,
        answered ? Optional.empty() : Optional.of(outage(sections.errors(), scheduler)),
        QueueMemory.NONE);
  }

  private static String outage(String errors, Scheduler scheduler) {
    return scheduler.queueCommand() + ": " + Words.last(errors, scheduler::ownError);
  }

  @Override
  public Ended ended(List<JobRef> jobs) throws BatchException {
    Sections sections = folders.ended(settings.accounting(), jobs);
    Map<JobRef, JobReport.Scheduled> accounted = new HashMap<>();
    List<JobReport> news = new ArrayList<>();
    String silence = "no accounting";
    if (settings.accounting() != SiteSettings.Accounting.NO) {
      for (String line : sections.until("accounting")) {
        scheduler
            .accounted(line)
            .ifPresent(word -> accounted.put(new JobRef(word.pod(), word.job()), word));
        news.addAll(scheduler.news(line));
      }
      silence =
          sections.number() == 0
              ? "not in accounting"
              : Words.last(sections.errors(), scheduler::ownError);
    }
    return new Ended(accounted, news, silence, Folders.files(sections));
  }

  @Override
  public int endedTogether() {
    return JOBS_PER_QUESTION;
  }
}
