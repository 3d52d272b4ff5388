package ee.interlink.site;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where and as whom to log in.
 *
 * @param host name or address
 * @param port TCP port
 * @param user login name
 * @param key file with the private key, without a passphrase
 * @param knownHosts file with the host keys to trust, and no others
 */
public record SshTarget(String host, int port, String user, Path key, Path knownHosts) {
  public SshTarget {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(knownHosts, "knownHosts");
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port;
  }
}
