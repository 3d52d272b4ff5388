package ee.interlink.web.kubelet.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.configuration.NodeName;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestBuilder;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * CertificateSigningRequests of the signer {@code kubernetes.io/kubelet-serving}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/">Certificates
 *     and Certificate Signing Requests</a>
 */
public final class ClusterSigningRequests implements SigningRequests {
  private static final String SIGNER = "kubernetes.io/kubelet-serving";
  private static final String NODE = "interlink.ee/node";
  private static final Set<String> REFUSALS = Set.of("Denied", "Failed");

  private final KubernetesClient client;
  private final NodeName node;

  public ClusterSigningRequests(KubernetesClient client, NodeName node) {
    this.client = client;
    this.node = node;
  }

  @Override
  public String make(String pem) throws IOException {
    CertificateSigningRequest request =
        new CertificateSigningRequestBuilder()
            .withNewMetadata()
            .withGenerateName("kubelet-serving-" + node + "-")
            .addToLabels(NODE, node.value())
            .endMetadata()
            .withNewSpec()
            .withSignerName(SIGNER)
            .withUsages("digital signature", "server auth")
            .withRequest(Base64.getEncoder().encodeToString(pem.getBytes(UTF_8)))
            .endSpec()
            .build();
    return ask(
        () ->
            client
                .certificates()
                .v1()
                .certificateSigningRequests()
                .resource(request)
                .create()
                .getMetadata()
                .getName());
  }

  @Override
  public State state(String name) throws IOException {
    CertificateSigningRequest found =
        ask(() -> client.certificates().v1().certificateSigningRequests().withName(name).get());
    if (found == null) {
      return new State(Stage.GONE, "it was deleted");
    }
    Optional<CertificateSigningRequestCondition> refusal =
        conditions(found).stream().filter(c -> REFUSALS.contains(c.getType())).findFirst();
    if (refusal.isPresent()) {
      return new State(
          Stage.REFUSED,
          "%s: %s %s"
              .formatted(
                  refusal.get().getType(), refusal.get().getReason(), refusal.get().getMessage()));
    }
    String issued = found.getStatus() == null ? null : found.getStatus().getCertificate();
    return issued == null || issued.isEmpty()
        ? new State(Stage.WAITING, "")
        : new State(Stage.ISSUED, new String(Base64.getDecoder().decode(issued), UTF_8));
  }

  @Override
  public void withdrawUndecided() throws IOException {
    List<CertificateSigningRequest> own =
        ask(
            () ->
                client
                    .certificates()
                    .v1()
                    .certificateSigningRequests()
                    .withLabel(NODE, node.value())
                    .list()
                    .getItems());
    for (CertificateSigningRequest request : own) {
      if (conditions(request).isEmpty() && SIGNER.equals(request.getSpec().getSignerName())) {
        ask(
            () ->
                client
                    .certificates()
                    .v1()
                    .certificateSigningRequests()
                    .withName(request.getMetadata().getName())
                    .delete());
      }
    }
  }

  private static List<CertificateSigningRequestCondition> conditions(
      CertificateSigningRequest request) {
    return request.getStatus() == null ? List.of() : request.getStatus().getConditions();
  }

  private static <T> T ask(Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
