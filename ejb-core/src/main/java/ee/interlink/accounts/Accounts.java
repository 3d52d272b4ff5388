package ee.interlink.accounts;

import ee.interlink.batch.AccountName;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Who runs as whom. Configuration alone decides; nothing a pod says has a part in it. */
@ApplicationScoped
public class Accounts {
  private Configuration configuration;

  Accounts() {}

  @Inject
  public Accounts(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * The account for pods of a namespace: {@code interlink.accounts.<namespace>}, else the
   * backend's.
   */
  public AccountName of(String namespace, Backend backend) {
    return configuration.accountsByNamespace().getOrDefault(namespace, backend.account());
  }
}
