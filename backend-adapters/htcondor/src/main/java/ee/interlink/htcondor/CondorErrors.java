package ee.interlink.htcondor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTCondor's own lines in what its commands say: site banners and warnings stand there too. */
final class CondorErrors {
  private static final Pattern OWN =
      Pattern.compile(
          "(?:ERROR: |condor_\\w+: |-- )(.*)|((?:AUTHENTICATE|SECMAN|CEDAR|DCSchedd)\\S*:[0-9]+:.*)");

  private CondorErrors() {}

  static Optional<String> own(String line) {
    Matcher error = OWN.matcher(line);
    if (!error.matches()) {
      return Optional.empty();
    }
    return Optional.of(error.group(1) == null ? error.group(2) : error.group(1));
  }
}
