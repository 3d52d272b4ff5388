package ee.interlink.slurm;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobId;
import ee.interlink.site.CommandResult;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer {@code job NUMBER}, where no number is no job. */
final class JobAnswer {
  private static final Pattern FORM = Pattern.compile("job ([0-9]{0,18})\n");

  private JobAnswer() {}

  static Optional<JobId> of(CommandResult result) throws BackendUnavailableException {
    if (result.status() != 0) {
      throw Site.failed(result);
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
