package ee.interlink.offload.journal;

import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.status.PodFacts;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;

/** The journal without a server: each call in a transaction of its own, as the container does. */
public class LocalJournal extends Journal implements AutoCloseable {
  private static final String MEMORY = "jdbc:h2:mem:journal;DB_CLOSE_DELAY=-1";
  private static EntityManagerFactory memory;
  private final EntityManagerFactory factory;

  public LocalJournal(String url, String user, String password) {
    factory = factory(url, user, password);
  }

  /** An empty one in memory. */
  public LocalJournal() {
    factory = memory();
    during(
        journal -> {
          journal.rows.createQuery("delete from PodRow p").executeUpdate();
          journal.rows.createQuery("delete from ObservedRow o").executeUpdate();
        });
  }

  /** One for all tests, since each costs a second. */
  private static synchronized EntityManagerFactory memory() {
    if (memory == null) {
      memory = factory(MEMORY, "sa", "");
    }
    return memory;
  }

  private static EntityManagerFactory factory(String url, String user, String password) {
    Flyway.configure().dataSource(url, user, password).load().migrate();
    return Persistence.createEntityManagerFactory(
        "journal-test",
        Map.of(
            "jakarta.persistence.jdbc.url", url,
            "jakarta.persistence.jdbc.user", user,
            "jakarta.persistence.jdbc.password", password));
  }

  private <T> T within(Function<Journal, T> work) {
    try (EntityManager rows = factory.createEntityManager()) {
      Journal journal = new Journal();
      journal.rows = rows;
      rows.getTransaction().begin();
      try {
        T result = work.apply(journal);
        rows.getTransaction().commit();
        return result;
      } finally {
        if (rows.getTransaction().isActive()) {
          rows.getTransaction().rollback();
        }
      }
    }
  }

  private void during(Consumer<Journal> work) {
    within(
        journal -> {
          work.accept(journal);
          return journal;
        });
  }

  /** All that is in the tables, as text. */
  public String everything() {
    try (EntityManager rows = factory.createEntityManager()) {
      StringBuilder text = new StringBuilder();
      for (String table : List.of("pod", "observed")) {
        for (Object row : rows.createNativeQuery("select * from " + table).getResultList()) {
          text.append(Arrays.deepToString((Object[]) row)).append('\n');
        }
      }
      return text.toString();
    }
  }

  @Override
  public Set<PodUid> accept(List<PodEntry> entries, Instant due) {
    return within(journal -> journal.accept(entries, due));
  }

  boolean accept(PodEntry entry, Instant due) {
    return !accept(List.of(entry), due).isEmpty();
  }

  @Override
  public Optional<PodEntry> find(PodUid uid) {
    return within(journal -> journal.find(uid));
  }

  @Override
  public List<PodEntry> find(List<PodUid> uids) {
    return within(journal -> journal.find(uids));
  }

  @Override
  public List<PodEntry> list(PodQuery query) {
    return within(journal -> journal.list(query));
  }

  @Override
  public List<PodEntry> open() {
    return within(Journal::open);
  }

  @Override
  public List<PodEntry> due(Instant now, int most) {
    return within(journal -> journal.due(now, most));
  }

  @Override
  public boolean move(PodUid uid, Stage from, Stage to, String fault, Instant due) {
    return within(journal -> journal.move(uid, from, to, fault, due));
  }

  @Override
  public List<PodUid> submitted(Map<PodUid, JobId> jobs) {
    return within(journal -> journal.submitted(jobs));
  }

  @Override
  public void found(PodUid uid, JobId job, Instant due) {
    during(journal -> journal.found(uid, job, due));
  }

  @Override
  public void later(PodUid uid, Stage stage, String fault, Instant due) {
    during(journal -> journal.later(uid, stage, fault, due));
  }

  @Override
  public boolean askDelete(PodUid uid, Instant now, Duration grace) {
    return within(journal -> journal.askDelete(uid, now, grace));
  }

  @Override
  public void observed(Map<PodUid, PodFacts> facts) {
    during(journal -> journal.observed(facts));
  }

  @Override
  public PodFacts facts(PodUid uid) {
    return within(journal -> journal.facts(uid));
  }

  @Override
  public Map<PodUid, PodFacts> facts(List<PodUid> uids) {
    return within(journal -> journal.facts(uids));
  }

  /** Leaves the one in memory to the next test. */
  @Override
  public void close() {
    if (factory != memory) {
      factory.close();
    }
  }
}
