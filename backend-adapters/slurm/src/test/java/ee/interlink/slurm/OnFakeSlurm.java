package ee.interlink.slurm;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Submit;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A connection to Slurm's commands as small scripts, and what its tests do most. */
abstract class OnFakeSlurm {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir Path folder;
  FakeSlurm slurm;
  DriverConnection connection;

  @BeforeEach
  void connect() throws Exception {
    slurm = new FakeSlurm(folder);
    connection = open("accounting", "auto");
  }

  final DriverConnection open(String... settings) throws Exception {
    return slurm.driver().connect(slurm.settings(settings), new AccountName("anybody"));
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    slurm.end();
  }

  static JobRequest pod(String script) {
    return Pods.pod(Pods.freshUid(), Pods.container("main", "", script));
  }

  final JobRef submit(String script) throws Exception {
    JobRequest request = pod(script);
    return new JobRef(request.pod(), Submit.one(connection, request));
  }

  final Path job(JobRef job) {
    return folder.resolve(".interlink/fake/" + job.pod());
  }
}
