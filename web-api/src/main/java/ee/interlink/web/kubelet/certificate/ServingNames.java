package ee.interlink.web.kubelet.certificate;

import ee.interlink.configuration.NodeName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/**
 * What a node's serving certificate has to say.
 *
 * @param address by which the API server reaches the node
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/">signer
 *     kubernetes.io/kubelet-serving</a>
 */
public record ServingNames(NodeName node, String address) {
  X500Name subject() {
    return new X500NameBuilder()
        .addRDN(BCStyle.O, "system:nodes")
        .addRDN(BCStyle.CN, "system:node:" + node)
        .build();
  }

  GeneralNames alternatives() {
    boolean numeric = IPAddress.isValid(address);
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.dNSName, node.value()),
          new GeneralName(numeric ? GeneralName.iPAddress : GeneralName.dNSName, address)
        });
  }

  /** Whether a certificate is for this node at this address. */
  boolean in(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null
          && names.stream().anyMatch(name -> node.value().equals(name.get(1)))
          && names.stream().anyMatch(name -> sameAddress(name.get(1)));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  /** Version 6 has several ways to write one address. */
  private boolean sameAddress(Object name) {
    try {
      return address.equals(name)
          || (name instanceof String text
              && IPAddress.isValid(address)
              && IPAddress.isValid(text)
              && InetAddress.getByName(text).equals(InetAddress.getByName(address)));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
