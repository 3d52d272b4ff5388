package ee.interlink.configuration;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How one node listens for the API server.
 *
 * @param bind the local address to listen on; {@code 0.0.0.0} for all
 * @param port the TCP port, usually 10250; 0 for no kubelet port at all
 * @param certificate PEM file of the serving certificate and its chain; read again when it changes.
 *     Empty: the certificate is asked for by a CertificateSigningRequest
 * @param key PEM file of its private key; given if and only if the certificate is
 * @param clientCa PEM file of the CAs whose client certificates are looked at; empty for those that
 *     the cluster publishes ({@code kube-system/extension-apiserver-authentication})
 */
public record KubeletPort(
    String bind,
    int port,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> clientCa) {
  public KubeletPort {
    Objects.requireNonNull(bind, "bind");
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(clientCa, "clientCa");
  }
}
