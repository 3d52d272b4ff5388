package ee.interlink.benchmarks;

import ee.interlink.testbed.Testbed;

/**
 * What the schedd has done so far, by its own statistics, asked of itself.
 *
 * @param waited seconds that it had nothing to do (DCSelectWaittime)
 * @param passed seconds of all its rounds, with those (DCPumpCycleSum)
 * @param recent its RecentDaemonCoreDutyCycle, which is of 20 minutes and not of our window
 */
record Schedd(double waited, double passed, double recent) {
  static Schedd soFar(Testbed testbed) {
    String name = testbed.setting("TESTBED_CONDOR_SCHEDD");
    String[] fields =
        testbed
            .as(
                "root",
                "condor_status",
                "-schedd",
                "-direct",
                name,
                "-af:t",
                "DCSelectWaittime",
                "DCPumpCycleSum",
                "RecentDaemonCoreDutyCycle",
                "-statistics",
                "DC:3")
            .output()
            .strip()
            .split("\t", -1);
    return new Schedd(
        Double.parseDouble(fields[0]),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]));
  }

  /** Which part of the time since then it was busy. */
  double dutyCycleSince(Schedd earlier) {
    return 1 - (waited - earlier.waited) / (passed - earlier.passed);
  }
}
