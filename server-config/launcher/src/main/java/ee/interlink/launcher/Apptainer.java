package ee.interlink.launcher;

import java.io.IOException;

/** Asked the way the local backend asks, so that both come to the same answer. */
final class Apptainer {
  private Apptainer() {}

  static boolean works() {
    ProcessBuilder probe =
        new ProcessBuilder("apptainer", "-s", "exec", "--containall", "/", "true")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return probe.start().waitFor() == 0;
    } catch (IOException e) {
      return false; // it is not on the PATH
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
