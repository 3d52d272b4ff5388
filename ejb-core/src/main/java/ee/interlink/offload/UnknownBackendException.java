package ee.interlink.offload;

import ee.interlink.batch.BackendName;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** A pod is to go to a backend that is not configured, or to none of several. */
public final class UnknownBackendException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownBackendException(Optional<String> named, Collection<BackendName> known) {
    super(
        named.map(name -> "there is no backend of that name").orElse("name one of the backends")
            + "; configured: "
            + known.stream().map(BackendName::value).sorted().collect(Collectors.joining(", ")));
  }
}
