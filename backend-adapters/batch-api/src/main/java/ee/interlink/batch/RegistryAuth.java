package ee.interlink.batch;

import java.util.Objects;

/**
 * Who a pod is to the registries of its images: secret, and never shown.
 *
 * @param json a Docker configuration file with the member {@code auths}
 */
public record RegistryAuth(String json) {
  public RegistryAuth {
    Objects.requireNonNull(json, "json");
  }

  @Override
  public String toString() {
    return "RegistryAuth[…]";
  }
}
