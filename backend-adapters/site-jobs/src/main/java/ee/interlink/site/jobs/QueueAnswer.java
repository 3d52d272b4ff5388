package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobReport;
import ee.interlink.runner.SpoolEntry;
import ee.interlink.site.CommandResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What report.sh says: first the queue, then the spool, then the messages of containers that could
 * not be started; each part ends with a line that begins with a record separator.
 *
 * @param news what the queue itself tells of containers
 * @param queueStatus exit status of the queue question, if it was asked
 */
record QueueAnswer(
    Optional<Integer> queueStatus,
    List<JobReport.Scheduled> jobs,
    List<JobReport> news,
    List<SpoolEntry> spool,
    Map<String, String> messages) {

  static QueueAnswer parse(CommandResult result, Scheduler scheduler, boolean asked)
      throws BackendUnavailableException {
    if (result.status() != 0) {
      throw Site.failed(result, scheduler);
    }
    Sections sections = new Sections(result, "interlink report");
    List<JobReport.Scheduled> jobs = new ArrayList<>();
    List<JobReport> news = new ArrayList<>();
    Optional<Integer> status = Optional.empty();
    if (asked) {
      for (String line : sections.until("queue")) {
        scheduler.queued(line).ifPresent(jobs::add);
        news.addAll(scheduler.news(line));
      }
      status = Optional.of(sections.number());
    }
    List<SpoolEntry> spool = new ArrayList<>();
    for (String name : sections.until("spool")) {
      SpoolEntry.parse(name).ifPresent(spool::add);
    }
    Map<String, String> messages = new HashMap<>();
    for (String line : sections.until("end")) {
      String[] parts = line.split("\u001f", 2);
      messages.put(parts[0], parts.length == 2 ? parts[1].replace('\035', '\n').strip() : "");
    }
    return new QueueAnswer(status, jobs, news, spool, messages);
  }
}
