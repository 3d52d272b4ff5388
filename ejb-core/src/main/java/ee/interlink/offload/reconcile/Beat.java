package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.ERROR;

import ee.interlink.backends.Capacities;
import ee.interlink.batch.BackendName;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The beat: non-persistent container timers, two for each backend (its jobs, and what it has) and
 * one for the sweep. A round that takes longer than its interval delays only itself.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Beat {
  private static final System.Logger LOG = System.getLogger(Beat.class.getName());
  private static final long SWEEP_MILLIS = 1_000;
  private static final long CAPACITY_MILLIS = 5_000;
  private static final int MOST_DUE = 1_000;
  private static final Duration LEFT_AGAIN = Duration.ofSeconds(30);

  @Resource TimerService timers;
  @Inject Configuration configuration;
  @Inject Observation observation;
  @Inject Journal journal;
  @Inject WorkQueues queues;
  @Inject Changes changes;
  @Inject Capacities capacities;
  Clock clock = Clock.systemUTC();
  private final Set<Task> busy = ConcurrentHashMap.newKeySet();

  /** What a timer is for; its backend is "" if it is for all. */
  record Task(Kind kind, String backend) implements Serializable {
    static final Task SWEEP = new Task(Kind.SWEEP, "");
    private static final long serialVersionUID = 1;

    enum Kind {
      SWEEP,
      OBSERVE,
      CAPACITY
    }
  }

  /** Begins; to be called once, when the application is ready for it. */
  public void begin() {
    every(SWEEP_MILLIS, SWEEP_MILLIS, Task.SWEEP);
    for (Backend backend : configuration.backends().values()) {
      String name = backend.name().value();
      every(0, backend.interval().toMillis(), new Task(Task.Kind.OBSERVE, name));
      every(0, CAPACITY_MILLIS, new Task(Task.Kind.CAPACITY, name));
    }
  }

  private void every(long firstMillis, long millis, Task task) {
    timers.createIntervalTimer(firstMillis, millis, new TimerConfig(task, false));
  }

  @Timeout
  void tick(Timer timer) {
    Task task = (Task) timer.getInfo();
    if (!busy.add(task)) {
      return;
    }
    try {
      switch (task.kind()) {
        case SWEEP -> sweep();
        case OBSERVE -> observation.round(backend(task));
        case CAPACITY -> capacities.ask(backend(task), clock.instant());
      }
    } catch (RuntimeException e) {
      // Outermost loop: Payara gives up a timer whose method fails twice, so a database that is
      // away for two seconds would end the beat for good.
      LOG.log(ERROR, task + ": round not finished", e);
    } finally {
      busy.remove(task);
    }
  }

  private Backend backend(Task task) {
    return configuration.backends().get(new BackendName(task.backend()));
  }

  // Finds what is due by the journal, whatever was lost from the queues.
  private void sweep() {
    Instant now = clock.instant();
    for (PodEntry entry : journal.due(now, MOST_DUE)) {
      if (entry.stage() == Stage.LEFT) {
        // Its front door's turn, which has its own ways to try again.
        journal.later(entry.uid(), Stage.LEFT, entry.fault(), now.plus(LEFT_AGAIN));
        changes.left(entry.uid());
      } else {
        queues.add(entry.backend(), entry.uid());
      }
    }
  }
}
