package ee.interlink.web.kubelet.certificate;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Shows the certificate of this moment, so that a new one needs no new listener. */
public final class CurrentIdentity extends X509ExtendedKeyManager {
  /** A handshake names what it chose before it asks for it: one step back must remain. */
  private record Shown(int number, Identity identity, Identity before) {
    String alias() {
      return Integer.toString(number);
    }

    Identity of(String alias) {
      return alias.equals(alias()) ? identity : before;
    }
  }

  private volatile Shown shown;

  public CurrentIdentity(Identity first) {
    this.shown = new Shown(0, Objects.requireNonNull(first), first);
  }

  public Identity get() {
    return shown.identity();
  }

  synchronized void set(Identity next) {
    shown = new Shown(shown.number() + 1, next, shown.identity());
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    Shown now = shown;
    return now.identity().key().getAlgorithm().equals(keyType) ? now.alias() : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return shown.of(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return shown.of(alias).key();
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[] {shown.alias()};
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
