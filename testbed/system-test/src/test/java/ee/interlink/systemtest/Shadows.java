package ee.interlink.systemtest;

import ee.interlink.testbed.Testbed;

/**
 * Scripts that stand in the place of a site's own commands for whoever logs in from now on; in the
 * account of the jobs' owner, until closed.
 */
record Shadows(Testbed testbed) implements AutoCloseable {
  private static final String FOLDER = "/home/alice/shadows";

  private static final String PUT =
      "mkdir -p "
          + FOLDER
          + " && printf '%s\\n' '#!/bin/bash' \"$2\" > "
          + FOLDER
          + "/\"$1\" && chmod +x "
          + FOLDER
          + "/\"$1\" && { grep -q shadows ~/.bashrc || sed -i '1i PATH="
          + FOLDER
          + ":$PATH' ~/.bashrc; }";

  void put(String command, String script) {
    testbed.as(Testbed.USER, "bash", "-c", PUT, "bash", command, script).output();
  }

  /** The site's own commands are there again. */
  @Override
  public void close() {
    testbed.as(Testbed.USER, "rm", "-rf", FOLDER).output();
    testbed.as(Testbed.USER, "sed", "-i", "/shadows/d", "/home/alice/.bashrc").output();
  }
}
