package ee.interlink.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether this machine can run containers with Apptainer. Being installed is not enough: without
 * setuid and user namespaces it fails. So one tiny container is made of this machine's own
 * programs.
 */
final class ApptainerProbe {
  static final String BINARY = "apptainer";

  private static final long PATIENCE_SECONDS = 10;
  private static final List<String> MOUNT_POINTS =
      List.of("proc", "sys", "dev", "tmp", "etc", "root", "home", "var", "var/tmp");
  private static final List<String> PROGRAMS = List.of("/usr", "/bin", "/lib", "/lib64");

  private ApptainerProbe() {}

  /** Asked once in the life of the process: the answer does not change by itself. */
  static boolean works() {
    return Answer.WORKS;
  }

  private static final class Answer {
    static final boolean WORKS = ask();
  }

  private static boolean ask() {
    try {
      Path root = Files.createTempDirectory("apptainer-probe");
      try {
        return runs(root);
      } finally {
        LocalFolder.remove(root);
      }
    } catch (IOException e) {
      return false; // it is not on the PATH
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean runs(Path root) throws IOException, InterruptedException {
    for (String folder : MOUNT_POINTS) {
      Files.createDirectories(root.resolve(folder));
    }
    ProcessBuilder probe =
        new ProcessBuilder(BINARY, "-s", "exec", "--containall", "--no-home", "--bind")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    List<String> programs = PROGRAMS.stream().filter(name -> Files.exists(Path.of(name))).toList();
    for (String program : programs) {
      Files.createDirectories(root.resolve(program.substring(1)));
    }
    probe.command().addAll(List.of(String.join(",", programs), root.toString(), "true"));
    Process process = probe.start();
    process.getOutputStream().close();
    if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return process.exitValue() == 0;
    }
    process.destroyForcibly();
    return false;
  }
}
