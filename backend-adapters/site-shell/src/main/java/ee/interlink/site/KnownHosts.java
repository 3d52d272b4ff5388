package ee.interlink.site;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/**
 * Trusts the keys in a session's own known_hosts file, and nothing else: an unknown host is refused
 * like a wrong one. The file is read anew for each connection, so an administrator's change counts
 * at once.
 */
final class KnownHosts implements ServerKeyVerifier {
  static final AttributeKey<Path> FILE = new AttributeKey<>();

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    AttributeRepository context = session.getConnectionContext();
    Path file = context == null ? null : context.getAttribute(FILE);
    return file != null
        && new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, file)
            .verifyServerKey(session, address, key);
  }
}
