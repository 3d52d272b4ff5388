package ee.interlink.site;

import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.bouncycastle.BouncyCastleSecurityProviderRegistrar;

/**
 * Ed25519 keys by Bouncy Castle, used as an object and never entered among the JVM's own security
 * providers: a server may hold another copy, and an undeployed application must not leave one.
 */
final class PrivateBouncyCastle extends BouncyCastleSecurityProviderRegistrar {
  /** To be called before anything else of the SSH library, which would enter its own. */
  static void install() {
    SecurityUtils.registerSecurityProvider(new PrivateBouncyCastle());
  }

  @Override
  public boolean isNamedProviderUsed() {
    return false;
  }
}
