package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriverContract;
import ee.interlink.batch.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract with the commands of three versions. They mostly wait, so they do it together; each
 * test has a pool of its own.
 */
class CondorVersionsTest {
  @Execution(ExecutionMode.CONCURRENT)
  abstract static class OnFakeCondor extends BatchDriverContract {
    @TempDir Path folder;
    private final String version;
    private FakeCondor condor;

    OnFakeCondor(String version) {
      this.version = version;
    }

    private FakeCondor condor() {
      if (condor == null) {
        try {
          condor = new FakeCondor(folder, version);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return condor;
    }

    @Override
    protected BatchDriver driver() {
      return condor().driver();
    }

    @Override
    protected BackendSettings settings() {
      return condor().settings();
    }

    @Override
    protected AccountName account() {
      return FakeCondor.ACCOUNT;
    }

    @Override
    protected JobId unusedJobId() {
      return new JobId("999999999.0");
    }
  }

  @Nested
  class Version10 extends OnFakeCondor {
    Version10() {
      super("10");
    }
  }

  @Nested
  class Version23 extends OnFakeCondor {
    Version23() {
      super("23");
    }
  }

  @Nested
  class Version25 extends OnFakeCondor {
    Version25() {
      super("25");
    }
  }
}
