package ee.interlink.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The constant script. */
public final class PodRunner {
  /** Also in the script's head; changes with the layout of the job's directory. */
  public static final int VERSION = 1;

  private static final String RESOURCE = "pod-runner.sh";

  private PodRunner() {}

  public static byte[] script() {
    try (InputStream script = PodRunner.class.getResourceAsStream(RESOURCE)) {
      if (script == null) {
        throw new IllegalStateException("the archive has no " + RESOURCE);
      }
      return script.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
