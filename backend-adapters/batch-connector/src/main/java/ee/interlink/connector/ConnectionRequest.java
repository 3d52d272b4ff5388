package ee.interlink.connector;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import jakarta.resource.spi.ConnectionRequestInfo;
import java.util.Objects;

/**
 * By what a pool tells its connections apart. The whole settings and not only the backend's name: a
 * connection opened under other settings is another connection.
 */
record ConnectionRequest(BackendSettings backend, AccountName account)
    implements ConnectionRequestInfo {
  ConnectionRequest {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(account, "account");
  }
}
