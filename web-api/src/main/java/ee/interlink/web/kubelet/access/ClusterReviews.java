package ee.interlink.web.kubelet.access;

import ee.interlink.configuration.NodeName;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks the API server, by TokenReview and SubjectAccessReview. */
public final class ClusterReviews implements Reviews {
  /** Strangers with many tokens must not take the connections by which the node lives. */
  private static final int AT_ONCE = 8;

  private static final int PATIENCE_SECONDS = 5;

  private final KubernetesClient client;
  private final NodeName node;
  private final Semaphore places = new Semaphore(AT_ONCE);

  public ClusterReviews(KubernetesClient client, NodeName node) {
    this.client = client;
    this.node = node;
  }

  @Override
  public Optional<Caller> whose(String token) throws ClusterAwayException {
    TokenReview question =
        new TokenReviewBuilder().withNewSpec().withToken(token).endSpec().build();
    TokenReview answer = ask(() -> client.tokenReviews().create(question));
    if (answer.getStatus() == null
        || !Boolean.TRUE.equals(answer.getStatus().getAuthenticated())
        || answer.getStatus().getUser() == null) {
      return Optional.empty();
    }
    return caller(answer.getStatus().getUser());
  }

  private static Optional<Caller> caller(UserInfo user) {
    return Optional.ofNullable(user.getUsername())
        .filter(name -> !name.isEmpty())
        .map(
            name ->
                new Caller(
                    name,
                    Objects.requireNonNullElse(user.getUid(), ""),
                    Set.copyOf(Objects.requireNonNullElse(user.getGroups(), List.of())),
                    Objects.requireNonNullElse(user.getExtra(), Map.of())));
  }

  @Override
  public boolean allows(Caller caller, Access access) throws ClusterAwayException {
    SubjectAccessReview question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(caller.name())
            .withUid(caller.uid())
            .withGroups(List.copyOf(caller.groups()))
            .withExtra(caller.extra())
            .withNewResourceAttributes()
            .withVerb(access.verb())
            .withVersion("v1")
            .withResource("nodes")
            .withSubresource(access.subresource())
            .withName(node.value())
            .endResourceAttributes()
            .endSpec()
            .build();
    SubjectAccessReview answer =
        ask(() -> client.authorization().v1().subjectAccessReview().create(question));
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }

  private <T> T ask(Supplier<T> question) throws ClusterAwayException {
    try {
      if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new ClusterAwayException("too many reviews at once", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterAwayException("interrupted", e);
    }
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      // The question holds a token, and some messages quote the question: only the code is told.
      throw new ClusterAwayException(
          e.getCode() == 0
              ? "the API server does not answer"
              : "the API server answered with code " + e.getCode(),
          null);
    } finally {
      places.release();
    }
  }
}
