package ee.interlink.web.health;

import ee.interlink.backends.BackendHealth;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Configuration;
import ee.interlink.offload.Pods;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once pods can be taken, that is when the journal answers. A backend that is out does not
 * change that: its pods wait.
 */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {
  /** No pod has it; the question alone matters. */
  private static final PodUid NOBODY = new PodUid("readiness");

  @Inject Pods pods;
  @Inject Configuration configuration;
  @Inject BackendHealth health;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("journal").status(journalAnswers());
    configuration
        .backends()
        .keySet()
        .forEach(
            name -> {
              BackendHealth.Health now = health.of(name);
              answer.withData("backend." + name, now.healthy() ? "healthy" : now.reason());
            });
    return answer.build();
  }

  private boolean journalAnswers() {
    try {
      return pods.entry(NOBODY).isEmpty();
    } catch (EJBException e) {
      return false; // the core has logged why
    }
  }
}
