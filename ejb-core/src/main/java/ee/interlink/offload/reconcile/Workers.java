package ee.interlink.offload.reconcile;

import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.work.Crew;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** The managed threads that take pods from the queues: a fixed number for each backend. */
@ApplicationScoped
public class Workers {
  /**
   * A single pod never waits for others, but what has gathered meanwhile goes together: then what
   * surrounds a submission is paid once. Not more, or the first waits long for the last.
   */
  private static final int MOST_TOGETHER = 20;

  @Resource ManagedThreadFactory threads;
  @Inject Configuration configuration;
  @Inject WorkQueues queues;
  @Inject Reconciler reconciler;
  private final List<Crew> crews = new ArrayList<>();

  void begin() {
    for (Backend backend : configuration.backends().values()) {
      Crew crew = new Crew(queues.of(backend.name()), MOST_TOGETHER, reconciler::reconcile);
      crews.add(crew);
      crew.begin(threads, "interlink-" + backend.name(), backend.workers());
    }
  }

  void end() {
    Crew.end(crews);
  }
}
