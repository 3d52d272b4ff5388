package ee.interlink.site.jobs;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.runner.StateFiles;
import ee.interlink.site.CommandResult;
import ee.interlink.site.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Jobs that the queue does not mention: what accounting says of them, and what their runners left
 * in their folders. That nobody mentions a job is never taken for its end.
 */
final class EndedJobs {
  private static final int ANSWER = 16 << 20;
  private final Site site;
  private final SiteSettings settings;
  private final Scheduler scheduler;

  EndedJobs(Site site, SiteSettings settings, Scheduler scheduler) {
    this.site = site;
    this.settings = settings;
    this.scheduler = scheduler;
  }

  List<JobReport> ask(List<JobRef> jobs) throws BatchException {
    List<String> arguments = new ArrayList<>();
    arguments.add(settings.accounting().word());
    arguments.add(jobs.stream().map(ref -> ref.job().value()).collect(Collectors.joining(",")));
    jobs.forEach(ref -> arguments.add(ref.pod().value()));
    CommandResult result = site.ask(Script.ENDED, arguments, Input.NONE, ANSWER);
    if (result.status() != 0) {
      throw Site.failed(result, scheduler);
    }
    Sections sections = new Sections(result, "interlink ended");
    Map<JobRef, JobReport.Scheduled> accounted = new HashMap<>();
    List<JobReport> reports = new ArrayList<>();
    String silence = "no accounting";
    if (settings.accounting() != SiteSettings.Accounting.NO) {
      for (String line : sections.until("accounting")) {
        scheduler
            .accounted(line)
            .ifPresent(word -> accounted.put(new JobRef(word.pod(), word.job()), word));
        reports.addAll(scheduler.news(line));
      }
      silence =
          sections.number() == 0
              ? "not in accounting"
              : Words.last(result.errors(), scheduler::ownError);
    }
    Map<PodUid, Map<String, String>> files = files(sections);
    for (JobRef job : jobs) {
      StateFiles state = new StateFiles(job.pod(), files.getOrDefault(job.pod(), Map.of()));
      reports.addAll(state.reports());
      reports.add(
          accounted.containsKey(job) ? accounted.get(job) : byFilesAlone(job, state, silence));
    }
    return reports;
  }

  private static Map<PodUid, Map<String, String>> files(Sections sections) throws BatchException {
    Map<PodUid, Map<String, String>> files = new HashMap<>();
    for (String line : sections.until("end")) {
      String[] parts = line.split("\u001f", 3);
      if (parts.length == 3) {
        files
            .computeIfAbsent(new PodUid(parts[0]), pod -> new HashMap<>())
            .put(parts[1], parts[2].replace('\035', '\n'));
      }
    }
    return files;
  }

  /** The runner's last file is evidence of an end; nothing less is. */
  private static JobReport byFilesAlone(JobRef job, StateFiles state, String silence) {
    OptionalInt code = state.jobCode();
    if (code.isEmpty()) {
      return new JobReport.Scheduled(
          job.pod(), job.job(), JobState.UNKNOWN, "not in the queue; " + silence, code);
    }
    JobState end =
        code.getAsInt() == 0
            ? JobState.COMPLETED
            : state.toldToEnd() ? JobState.CANCELLED : JobState.FAILED;
    String words = "not in the queue; " + silence + "; its runner ended with " + code.getAsInt();
    return new JobReport.Scheduled(job.pod(), job.job(), end, words, code);
  }
}
