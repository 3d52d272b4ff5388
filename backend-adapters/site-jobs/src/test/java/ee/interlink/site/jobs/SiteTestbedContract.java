package ee.interlink.site.jobs;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriverContract;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract with a real scheduler, in containers; over SSH, unless a test has settings of its
 * own. The tests mostly wait, so some run beside each other; each has a backend of its own.
 */
@Tag("testbed")
@Execution(ExecutionMode.CONCURRENT)
public abstract class SiteTestbedContract extends BatchDriverContract {
  protected final SiteTestbed testbed = new SiteTestbed();
  private final String own = "it-" + UUID.randomUUID().toString().substring(0, 8);

  /** Behind the contract's own clearing away, which needs the folder. */
  @RegisterExtension final AfterEachCallback remove = context -> testbed.remove();

  @Override
  protected BackendSettings settings() {
    return ofItsOwn(testbed.settings(driver()));
  }

  /** The same under a name that no other test's jobs bear. */
  protected final BackendSettings ofItsOwn(BackendSettings settings) {
    return new BackendSettings(new BackendName(own), settings.driver(), settings.values());
  }

  @Override
  protected AccountName account() {
    return SiteTestbed.ALICE;
  }

  @Override
  protected String image() {
    return SiteTestbed.IMAGE;
  }
}
