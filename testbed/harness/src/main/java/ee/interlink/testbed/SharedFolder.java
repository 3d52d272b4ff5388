package ee.interlink.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The way over SSH, into a directory that the execute nodes share and no other server has. */
final class SharedFolder {
  private SharedFolder() {}

  static Map<String, String> way(Testbed testbed, String account) {
    return Map.of(
        "ssh.host", testbed.setting("TESTBED_SSH_HOST"),
        "ssh.port", testbed.setting("TESTBED_SSH_PORT"),
        "ssh.key", testbed.setting("TESTBED_SSH_KEY"),
        "ssh.known-hosts", testbed.setting("TESTBED_SSH_KNOWN_HOSTS"),
        "directory", unique(account));
  }

  /** A directory of this account, by its name inside. */
  static String unique(String account) {
    String unique = UUID.randomUUID().toString().substring(0, 8);
    return "/shared/" + account + "/interlink-" + unique;
  }

  static Optional<Path> job(Path backend, String uid) {
    return Optional.of(backend.resolve(uid)).filter(Files::isDirectory);
  }

  static List<Path> places(Path backend, String uid) {
    return List.of(backend.resolve(uid));
  }
}
