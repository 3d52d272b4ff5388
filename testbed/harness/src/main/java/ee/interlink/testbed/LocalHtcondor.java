package ee.interlink.testbed;

import java.util.Map;

/** The same HTCondor as a server finds it that runs on the submit host: see {@link Inside}. */
final class LocalHtcondor extends Htcondor {
  LocalHtcondor(Testbed testbed) {
    super(testbed);
  }

  @Override
  public Map<String, String> way(String account) {
    return Map.of("directory", SharedFolder.unique(account));
  }
}
