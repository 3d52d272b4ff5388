package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobId;
import ee.interlink.site.CommandResult;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer {@code job ID}, where no id is no job. */
final class JobAnswer {
  /** As {@link JobId} has it. */
  static final String ID = "[A-Za-z0-9][A-Za-z0-9._:#@-]{0,127}";

  private static final Pattern FORM = Pattern.compile("job ((?:" + ID + ")?)\n");

  private JobAnswer() {}

  static Optional<JobId> of(CommandResult result, SiteScheduler scheduler)
      throws BackendUnavailableException {
    if (result.status() != 0) {
      throw Site.failed(result, scheduler);
    }
    Matcher answer = FORM.matcher(result.text());
    if (!answer.matches()) {
      throw garbled(result);
    }
    return answer.group(1).isEmpty() ? Optional.empty() : Optional.of(new JobId(answer.group(1)));
  }

  static BackendUnavailableException garbled(CommandResult result) {
    return new BackendUnavailableException(
        "the site's answer is not of the agreed form: " + Words.quoted(result.text()));
  }
}
