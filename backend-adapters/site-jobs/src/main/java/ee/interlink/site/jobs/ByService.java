package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions to a service, and then by a remote command to the folders of its jobs. */
final class ByService implements Questions {
  private final Folders folders;
  private final SiteSettings settings;
  private final SchedulerService service;

  ByService(Folders folders, SiteSettings settings, SchedulerService service) {
    this.folders = folders;
    this.settings = settings;
    this.service = service;
  }

  @Override
  public Round round(boolean queue, Collection<JobRef> live, SiteCursor cursor)
      throws BatchException {
    Optional<QueueWord> word =
        queue ? Optional.of(service.queue(live, cursor.memory())) : Optional.empty();
    return new Round(word, SpoolAnswer.read(folders.report(cursor, List.of(), false)));
  }

  @Override
  public Ended ended(List<JobRef> jobs) throws BatchException {
    Map<JobRef, JobReport.Scheduled> accounted = new HashMap<>();
    String silence = "no accounting";
    if (settings.accounting() != SiteSettings.Accounting.NO) {
      try {
        service
            .accounted(jobs)
            .forEach(word -> accounted.put(new JobRef(word.pod(), word.job()), word));
        silence = "not in accounting";
      } catch (BackendUnavailableException e) {
        silence = e.getMessage();
      }
    }
    Sections left = folders.ended(SiteSettings.Accounting.NO, jobs);
    return new Ended(accounted, List.of(), silence, Folders.files(left));
  }

  @Override
  public int endedTogether() {
    return SchedulerService.ENDED_TOGETHER;
  }
}
