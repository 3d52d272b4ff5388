package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The constant scripts, each joined of its parts. */
public final class PodRunner {
  /** Also in the script's head; changes with the layout of the job's directory. */
  public static final int VERSION = 6;

  /** In the order in which they follow one another; the last one runs, the others define. */
  private static final List<String> PARTS =
      List.of(
          "head.sh",
          "ending.sh",
          "times.sh",
          "volumes.sh",
          "container.sh",
          "images.sh",
          "launch.sh",
          "apptainer.sh",
          "pod.sh");

  /** What only some pods need: those with probes, hooks or sidecars. */
  private static final List<String> CARE_PARTS = List.of("inside.sh", "handlers.sh", "attend.sh");

  private static final byte[] SCRIPT = join(PARTS);
  private static final byte[] CARE = join(CARE_PARTS);

  private PodRunner() {}

  public static byte[] script() {
    return SCRIPT.clone();
  }

  static byte[] care() {
    return CARE.clone();
  }

  /** The script under this path. */
  public static JobFile file(String path) {
    return new JobFile.Content(path, 0700, SCRIPT);
  }

  /** Without the comments, for each job carries them. */
  private static byte[] join(List<String> parts) {
    StringBuilder script = new StringBuilder("#!/bin/bash\n");
    for (String part : parts) {
      read(part)
          .lines()
          .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
          .forEach(line -> script.append(line).append('\n'));
    }
    return script.toString().getBytes(UTF_8);
  }

  private static String read(String part) {
    try (InputStream text = PodRunner.class.getResourceAsStream(part)) {
      if (text == null) {
        throw new IllegalStateException("the archive has no " + part);
      }
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
