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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The beat: non-persistent container timers, one for each backend's observation, one for the sweep
 * and one for what all backends have. A round that takes longer than its interval delays only
 * itself.
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
  private final Set<BackendName> busy = ConcurrentHashMap.newKeySet();

  /** What is done for all backends together. */
  enum Task {
    SWEEP,
    CAPACITY
  }

  /** Begins; to be called once, when the application is ready for it. */
  public void begin() {
    timers.createIntervalTimer(SWEEP_MILLIS, SWEEP_MILLIS, new TimerConfig(Task.SWEEP, false));
    timers.createIntervalTimer(
        CAPACITY_MILLIS, CAPACITY_MILLIS, new TimerConfig(Task.CAPACITY, false));
    for (Backend backend : configuration.backends().values()) {
      timers.createIntervalTimer(
          0, backend.interval().toMillis(), new TimerConfig(backend.name().value(), false));
    }
  }

  @Timeout
  void tick(Timer timer) {
    Object what = timer.getInfo();
    try {
      if (what == Task.SWEEP) {
        sweep();
      } else if (what == Task.CAPACITY) {
        askCapacities();
      } else {
        observe(new BackendName((String) what));
      }
    } catch (RuntimeException e) {
      // Outermost loop: Payara gives up a timer whose method fails twice, so a database that is
      // away
      // for two seconds would end the beat for good.
      LOG.log(ERROR, what + ": round not finished", e);
    }
  }

  private void observe(BackendName backend) {
    if (busy.add(backend)) {
      try {
        observation.round(configuration.backends().get(backend));
      } finally {
        busy.remove(backend);
      }
    }
  }

  private void askCapacities() {
    for (Backend backend : configuration.backends().values()) {
      capacities.ask(backend, clock.instant());
    }
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
