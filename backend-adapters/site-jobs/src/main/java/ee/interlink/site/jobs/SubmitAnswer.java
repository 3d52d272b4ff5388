package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.SubmitOutcome;
import ee.interlink.batch.SubmitOutcome.NotSubmitted;
import ee.interlink.batch.SubmitOutcome.Submitted;
import ee.interlink.site.CommandResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What submit.sh says: after its head a line {@code POD US WORD US TEXT} for each pod, where US is
 * the unit separator. A pod without a line, because the answer was cut off, may or may not have a
 * job.
 */
final class SubmitAnswer {
  private static final String HEAD = "interlink submit";
  private static final String SEPARATOR = "\u001f";
  private static final int FIELDS = 3;

  private SubmitAnswer() {}

  static Map<PodUid, SubmitOutcome> parse(
      CommandResult result, List<PodUid> pods, Scheduler scheduler)
      throws BackendUnavailableException {
    List<String> lines = result.text().lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      throw incomplete(result, scheduler);
    }
    Map<String, String[]> said = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(SEPARATOR, -1);
      if (fields.length == FIELDS) {
        said.put(fields[0], fields);
      }
    }
    Map<PodUid, SubmitOutcome> outcomes = new LinkedHashMap<>();
    for (PodUid pod : pods) {
      outcomes.put(pod, outcome(said.get(pod.value()), result, scheduler));
    }
    return outcomes;
  }

  private static SubmitOutcome outcome(String[] said, CommandResult result, Scheduler scheduler) {
    if (said == null) {
      return new NotSubmitted(incomplete(result, scheduler));
    }
    String text = said[2];
    return switch (said[1]) {
      case "job" ->
          text.matches(JobAnswer.ID)
              ? new Submitted(new JobId(text))
              : new NotSubmitted(JobAnswer.garbled(result));
      case "refused" -> new NotSubmitted(scheduler.refusal(text));
      case "busy" -> new NotSubmitted(Site.failed(Exits.BUSY, text, scheduler));
      case "unknown" -> new NotSubmitted(Site.failed(Exits.NO_ANSWER, text, scheduler));
      case "left" -> new NotSubmitted(tooSlow(scheduler));
      default -> new NotSubmitted(JobAnswer.garbled(result));
    };
  }

  /** For a pod that was not even tried. */
  static BackendUnavailableException tooSlow(SiteScheduler scheduler) {
    return new BackendUnavailableException(
        scheduler.name() + " was too slow with the pods submitted before this one");
  }

  private static BackendUnavailableException incomplete(CommandResult result, Scheduler scheduler) {
    return result.status() == 0 ? JobAnswer.garbled(result) : Site.failed(result, scheduler);
  }
}
