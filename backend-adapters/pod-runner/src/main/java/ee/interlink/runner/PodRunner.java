package ee.interlink.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The constant script. */
public final class PodRunner {
  /** Also in the script's head; changes with the layout of the job's directory. */
  public static final int VERSION = 4;

  private static final String RESOURCE = "pod-runner.sh";
  private static final byte[] SCRIPT = read();

  private PodRunner() {}

  public static byte[] script() {
    return SCRIPT.clone();
  }

  /** The script under this path. */
  public static JobFile file(String path) {
    return new JobFile.Content(path, 0700, SCRIPT);
  }

  private static byte[] read() {
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
