package ee.interlink.site;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * The one SSH client of this class loader: its few I/O threads serve all sessions. Started with the
 * first shell, stopped with the last, so that an undeployed application leaves no thread behind.
 */
final class SharedSshClient implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MISSED_HEARTBEATS = 2;
  private static final Object LOCK = new Object();

  private static SshClient client;
  private static int users;

  private boolean released;

  private SharedSshClient() {}

  static SharedSshClient acquire() {
    synchronized (LOCK) {
      if (users == 0) {
        client = start();
      }
      users++;
      return new SharedSshClient();
    }
  }

  SshClient get() {
    synchronized (LOCK) {
      return client;
    }
  }

  @Override
  public void close() {
    SshClient last = null;
    synchronized (LOCK) {
      if (released) {
        return;
      }
      released = true;
      users--;
      if (users == 0) {
        last = client;
        client = null;
      }
    }
    if (last != null) {
      last.stop();
    }
  }

  private static SshClient start() {
    PrivateBouncyCastle.install();
    SshClient ssh = SshClient.setUpDefaultClient();
    // Only what configuration says: no files of the home directory of this process.
    ssh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    ssh.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    ssh.setServerKeyVerifier(new KnownHosts());
    ssh.setCipherFactories(first("gcm", ssh.getCipherFactories()));
    ssh.setKeyExchangeFactories(first("mlkem", ssh.getKeyExchangeFactories()));
    // A tar stream of small files is mostly padding, which is quicker compressed than ciphered.
    ssh.setCompressionFactories(List.of(BuiltinCompressions.delayedZlib, BuiltinCompressions.none));
    CoreModuleProperties.TCP_NODELAY.set(ssh, true);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(ssh, HEARTBEAT);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(ssh, MISSED_HEARTBEATS);
    CoreModuleProperties.IDLE_TIMEOUT.set(ssh, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(ssh, Duration.ZERO);
    ssh.start();
    return ssh;
  }

  /**
   * What is quick in Java comes first, everything else after it as usual. AES-GCM: with the
   * optimising compiler the JDK has the processor do it, while ChaCha20 is the library's own code.
   * ML-KEM: as safe against tomorrow's computers as NTRU Prime, whose keys cost half a second of a
   * cold JVM for each session.
   */
  private static <T extends NamedResource> List<T> first(String quick, List<T> usual) {
    return usual.stream()
        .sorted(Comparator.comparing(each -> !each.getName().contains(quick)))
        .toList();
  }
}
