package ee.interlink.slurm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.interlink.batch.PodUid;
import ee.interlink.runner.JobArchive;
import ee.interlink.runner.JobDirectory;
import ee.interlink.runner.JobFile;
import ee.interlink.runner.PodRunner;
import ee.interlink.site.ShellQuote;
import ee.interlink.site.jobs.TextResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A job that carries its folder with it. What is in it can be read by those who can read a job's
 * batch script: the account itself, Slurm's user and root.
 */
final class BatchScript {
  private static final String TEXT =
      TextResource.read(BatchScript.class, "batch.sh")
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.joining("\n", "", "\n"));
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\n'});

  private BatchScript() {}

  /** The same for all pods, so it is packed once. */
  private static final String RUNNER = archive(List.of(PodRunner.file(JobDirectory.SCRIPT)));

  /**
   * The script.
   *
   * @param files of the pod's folder, without the runner
   * @param directory the backend's, as the job sees it
   */
  static String of(PodUid pod, List<JobFile> files, String directory) {
    return "#!/bin/bash\nbackend="
        + ShellQuote.word(directory)
        + "\npod="
        + ShellQuote.word(pod.value())
        + "\n"
        + function("runner", RUNNER)
        + function("files", archive(files))
        + TEXT;
  }

  /** One that says this text. */
  private static String function(String name, String text) {
    return name + "() {\ncat <<'END'\n" + text + "\nEND\n}\n";
  }

  private static String archive(List<JobFile> files) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (OutputStream compressed = new GZIPOutputStream(archive)) {
      JobArchive.write(files, compressed);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return new String(LINES.encode(archive.toByteArray()), US_ASCII);
  }
}
