package ee.interlink.configuration;

import java.util.Objects;

/**
 * A host and a TCP port.
 *
 * @param host a name or an IP address, IPv6 without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
  public HostPort {
    Objects.requireNonNull(host, "host");
  }
}
