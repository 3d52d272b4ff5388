package ee.interlink.htcondor;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.JobRequest;
import ee.interlink.runner.JobArchive;
import ee.interlink.runner.JobDirectory;
import ee.interlink.runner.JobFile;
import ee.interlink.runner.PodRunner;
import ee.interlink.site.jobs.TextResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a job travels when no file system is shared: see spooled.sh and carrier.sh. */
final class Spooled {
  private static final String FUNCTIONS = TextResource.read(Spooled.class, "spooled.sh");
  private static final byte[] CARRIER =
      TextResource.read(Spooled.class, "carrier.sh").getBytes(UTF_8);

  private Spooled() {}

  /** What comes behind scheduler.sh. */
  static String functions(RemoteSchedd schedd, AccountName account) {
    return schedd.constants(account) + FUNCTIONS;
  }

  static JobFile carrier(String path) {
    return new JobFile.Content(path, 0700, CARRIER);
  }

  /** All files in one, and the runner with them; the folders of what comes back stay out of it. */
  static List<JobFile> luggage(List<JobFile> files) {
    List<JobFile> all = new ArrayList<>(files);
    all.add(PodRunner.file(JobDirectory.SCRIPT));
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try {
      JobArchive.write(all, archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return List.of(new JobFile.Content("job.tar", 0600, archive.toByteArray()));
  }

  /**
   * The submit command by which HTCondor gives out a running job's logs, and carries home what is
   * left of it. The same for all procs of a cluster.
   */
  static String outputs(JobRequest request) {
    return Stream.concat(request.initContainers().stream(), request.containers().stream())
        .flatMap(container -> JobDirectory.logs(container.name()))
        .collect(Collectors.joining(",live/", "transfer_output_files:=out.tar,live/", ""));
  }
}
