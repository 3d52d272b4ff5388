package ee.interlink.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountsTest {

  @Test
  void a_namespace_has_its_account_and_all_others_the_backends() {
    AccountName alice = new AccountName("alice");
    AccountName bob = new AccountName("bob");
    Backend backend =
        new Backend(
            new BackendSettings(new BackendName("b"), "local", Map.of()),
            alice,
            Duration.ofSeconds(1),
            1);
    Accounts accounts =
        new Accounts(
            new Configuration(
                Map.of(backend.name(), backend),
                Optional.empty(),
                Map.of("physics", bob),
                Path.of(".")));
    assertThat(accounts.of("physics", backend)).isEqualTo(bob);
    assertThat(accounts.of("default", backend)).isEqualTo(alice);
  }
}
