package ee.interlink.htcondor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTCondor's own lines in what its commands say: site banners and warnings stand there too. */
final class CondorErrors {
  /** condor_q of a host without a schedd says no more than this, and breaks it into lines. */
  private static final String NO_SCHEDD =
      "Extra Info: You probably saw this error because the condor_schedd is not";

  private static final Pattern OWN =
      Pattern.compile(
          "(?:ERROR: |condor_\\w+: |-- )(.*)|((?:AUTHENTICATE|SECMAN|CEDAR|DCSchedd)\\S*:[0-9]+:.*)");

  private CondorErrors() {}

  static Optional<String> own(String line) {
    if (line.startsWith(NO_SCHEDD)) {
      return Optional.of("the condor_schedd is not running");
    }
    Matcher error = OWN.matcher(line);
    if (!error.matches()) {
      return Optional.empty();
    }
    return Optional.of(error.group(1) == null ? error.group(2) : error.group(1));
  }
}
