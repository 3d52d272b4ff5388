package ee.interlink.site.jobs;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.runner.StateFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Jobs that the queue does not mention: what accounting says of them, and what their runners left
 * in their folders. That nobody mentions a job is never taken for its end.
 */
final class EndedJobs {
  private final Questions questions;

  EndedJobs(Questions questions) {
    this.questions = questions;
  }

  List<JobReport> ask(List<JobRef> jobs) throws BatchException {
    Questions.Ended ended = questions.ended(jobs);
    List<JobReport> reports = new ArrayList<>(ended.news());
    for (JobRef job : jobs) {
      StateFiles state = new StateFiles(job.pod(), ended.files().getOrDefault(job.pod(), Map.of()));
      reports.addAll(state.reports());
      JobReport.Scheduled word = ended.accounted().get(job);
      reports.add(word == null ? byFilesAlone(job, state, ended.silence()) : word);
    }
    return reports;
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
