package ee.interlink.configuration;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All of {@code interlink.*}, read and checked once at the start.
 *
 * @param backends by name, in order of name; at least one
 * @param defaultBackend where pods go that name none; empty if there are several and none is said
 * @param accountsByNamespace {@code interlink.accounts.<namespace>}
 * @param stateDirectory where this server keeps files of its own
 */
public record Configuration(
    Map<BackendName, Backend> backends,
    Optional<BackendName> defaultBackend,
    Map<String, AccountName> accountsByNamespace,
    Path stateDirectory) {
  public Configuration {
    accountsByNamespace = Map.copyOf(accountsByNamespace);
  }
}
