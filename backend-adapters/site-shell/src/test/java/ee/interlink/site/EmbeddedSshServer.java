package ee.interlink.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;

/** A login node within the test's own JVM: runs commands here by a real bash. */
final class EmbeddedSshServer implements AutoCloseable {
  final Path key;
  final Path knownHosts;
  private final SshServer server;

  EmbeddedSshServer(Path folder) throws IOException, GeneralSecurityException {
    PrivateBouncyCastle.install();
    server = SshServer.setUpDefaultServer();
    key = folder.resolve("id");
    knownHosts = folder.resolve("known_hosts");
    KeyPair host = newKey();
    KeyPair user = newKey();
    writeKey(user, key);
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setPublickeyAuthenticator(
        (name, offered, session) -> KeyUtils.compareKeys(offered, user.getPublic()));
    server.setCommandFactory(
        (channel, line) -> new ProcessShellFactory(line, "bash", "-c", line).createShell(channel));
    server.start();
    trust(host);
  }

  static KeyPair newKey() throws GeneralSecurityException {
    return KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
  }

  static void writeKey(KeyPair pair, Path file) throws IOException, GeneralSecurityException {
    try (var out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", null, out);
    }
  }

  void trust(KeyPair host) throws IOException {
    String entry = PublicKeyEntry.toString(host.getPublic());
    Files.writeString(knownHosts, "[127.0.0.1]:" + server.getPort() + " " + entry + "\n");
  }

  SshTarget target() {
    return new SshTarget("127.0.0.1", server.getPort(), "alice", key, knownHosts);
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
