package ee.interlink.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Opens a session and tells apart what kept it from being opened. */
final class SshLogin {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration AUTH_LIMIT = Duration.ofSeconds(10);

  private SshLogin() {}

  static ClientSession open(SharedSshClient client, SshTarget target) throws SiteException {
    KeyPair key = readKey(target);
    ClientSession session = connect(client, target);
    try {
      session.addPublicKeyIdentity(key);
      session.auth().verify(AUTH_LIMIT);
      return session;
    } catch (IOException e) {
      session.close(true);
      throw refused(target, e);
    }
  }

  private static ClientSession connect(SharedSshClient client, SshTarget target)
      throws SiteUnavailableException {
    AttributeRepository context =
        AttributeRepository.ofKeyValuePair(KnownHosts.FILE, target.knownHosts());
    try {
      return client
          .get()
          .connect(target.user(), target.host(), target.port(), context, null)
          .verify(CONNECT_LIMIT)
          .getSession();
    } catch (IOException e) {
      throw new SiteUnavailableException("cannot connect to " + target + ": " + e.getMessage(), e);
    }
  }

  private static SiteException refused(SshTarget target, IOException e) {
    int code = e instanceof SshException ssh ? ssh.getDisconnectCode() : 0;
    if (code == SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE) {
      return new SiteNotAuthorisedException(
          target + ": the host's key is not the one in " + target.knownHosts(), e);
    }
    if (code == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
      return new SiteNotAuthorisedException(
          target + " does not accept the key in " + target.key(), e);
    }
    return new SiteUnavailableException("cannot log in to " + target + ": " + e.getMessage(), e);
  }

  private static KeyPair readKey(SshTarget target) throws SiteNotAuthorisedException {
    PathResource file = new PathResource(target.key());
    try (InputStream in = Files.newInputStream(target.key())) {
      Iterable<KeyPair> pairs =
          SecurityUtils.loadKeyPairIdentities(null, file, in, FilePasswordProvider.EMPTY);
      if (pairs == null || !pairs.iterator().hasNext()) {
        throw new SiteNotAuthorisedException("no private key in " + target.key());
      }
      return pairs.iterator().next();
    } catch (IOException | GeneralSecurityException e) {
      throw new SiteNotAuthorisedException(
          "cannot read a private key (without passphrase) from " + target.key(), e);
    }
  }
}
