package ee.interlink.slurm;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with scripts in the place of Slurm's commands. */
class SlurmDriverTest extends BatchDriverContract {
  @TempDir static Path folder;
  private static FakeSlurm slurm;

  private static synchronized FakeSlurm slurm() {
    if (slurm == null) {
      try {
        slurm = new FakeSlurm(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return slurm;
  }

  @Override
  protected BatchDriver driver() {
    return slurm().driver();
  }

  @Override
  protected BackendSettings settings() {
    return slurm().settings();
  }

  @Override
  protected AccountName account() {
    return new AccountName("anybody");
  }
}
