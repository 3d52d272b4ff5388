package ee.interlink.offload.journal;

import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.status.PodFacts;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The journal of pods. Each method is one short transaction of its own, so that none ever spans a
 * remote call; a change of stage compares the stage it comes from, so that two that decide at once
 * cannot both win.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Journal {
  /** Those whose jobs may still change. */
  private static final Set<Stage> OPEN =
      EnumSet.of(Stage.SUBMIT, Stage.ACTIVE, Stage.CANCEL, Stage.DISCARD);

  /** Not due again, unless a wish to delete has come meanwhile. */
  private static final String RESTS = "p.deleteAsked";

  private static final int LONGEST_FAULT = 2000;

  @PersistenceContext(unitName = "journal")
  EntityManager rows;

  /**
   * Records the intents of new pods, many in one transaction. Nothing changes for a UID that is
   * known.
   *
   * @param due when the sweep is to look at them, should nobody else
   * @return the UIDs of those that are new
   */
  public Set<PodUid> accept(List<PodEntry> entries, Instant due) {
    Set<PodUid> known = new HashSet<>();
    find(entries.stream().map(PodEntry::uid).toList()).forEach(entry -> known.add(entry.uid()));
    Set<PodUid> accepted = new HashSet<>();
    for (PodEntry entry : entries) {
      if (!known.contains(entry.uid()) && accepted.add(entry.uid())) {
        rows.persist(PodRows.row(entry, due));
      }
    }
    return accepted;
  }

  public Optional<PodEntry> find(PodUid uid) {
    return Optional.ofNullable(rows.find(PodRow.class, uid.value())).map(PodRows::entry);
  }

  /** Those of the pods given that are there, in the same order. */
  public List<PodEntry> find(List<PodUid> uids) {
    if (uids.size() == 1) {
      return find(uids.get(0)).stream().toList();
    }
    Map<String, PodRow> found = new HashMap<>();
    rows.createQuery("select p from PodRow p where p.uid in :uids", PodRow.class)
        .setParameter("uids", uids.stream().map(PodUid::value).toList())
        .getResultStream()
        .forEach(row -> found.put(row.uid, row));
    return uids.stream()
        .map(uid -> found.get(uid.value()))
        .filter(Objects::nonNull)
        .map(PodRows::entry)
        .toList();
  }

  public List<PodEntry> list(PodQuery query) {
    return PodListing.of(rows, query).stream().map(PodRows::entry).toList();
  }

  /** All pods whose jobs may still change; read once at the start. */
  public List<PodEntry> open() {
    return rows.createQuery("select p from PodRow p where p.stage in :open", PodRow.class)
        .setParameter("open", OPEN)
        .getResultStream()
        .map(PodRows::entry)
        .toList();
  }

  /** All pods that came by one door, whatever their stage. */
  public List<PodEntry> of(Door door) {
    return rows.createQuery("select p from PodRow p where p.door = :door", PodRow.class)
        .setParameter("door", door)
        .getResultStream()
        .map(PodRows::entry)
        .toList();
  }

  /** The pods whose time has come, the longest due first. */
  public List<PodEntry> due(Instant now, int most) {
    return rows.createQuery(
            "select p from PodRow p where p.dueAt <= :now order by p.dueAt", PodRow.class)
        .setParameter("now", PodRows.utc(now))
        .setMaxResults(most)
        .getResultStream()
        .map(PodRows::entry)
        .toList();
  }

  /**
   * Takes a pod from one stage to the next.
   *
   * @param due when to look at it again; null for not before something happens
   * @return whether it was in that stage
   * @throws IllegalArgumentException if the table of stages knows no such step
   */
  public boolean move(PodUid uid, Stage from, Stage to, String fault, Instant due) {
    if (!from.mayBecome(to)) {
      throw new IllegalArgumentException(from + " does not become " + to);
    }
    if (to == Stage.GONE) {
      return delete(uid, from);
    }
    String update = "update PodRow p set p.stage = :to, p.fault = :fault, p.dueAt = ";
    Query query =
        due == null
            ? stage(update + RESTS, uid, from)
            : stage(update + ":due", uid, from).setParameter("due", PodRows.utc(due));
    return query.setParameter("to", to).setParameter("fault", shortened(fault)).executeUpdate()
        == 1;
  }

  /**
   * Records that the jobs exist, for many pods in one transaction: {@link Stage#SUBMIT} becomes
   * {@link Stage#ACTIVE}.
   *
   * @return those that were in that stage
   */
  public List<PodUid> submitted(Map<PodUid, JobId> jobs) {
    List<PodUid> moved = new ArrayList<>();
    jobs.forEach(
        (uid, job) -> {
          int rows =
              stage(
                      "update PodRow p set p.stage = :to, p.job = :job, p.fault = '', p.dueAt = "
                          + RESTS,
                      uid,
                      Stage.SUBMIT)
                  .setParameter("to", Stage.ACTIVE)
                  .setParameter("job", job.value())
                  .executeUpdate();
          if (rows == 1) {
            moved.add(uid);
          }
        });
    return moved;
  }

  /** Records the job of a pod that is to be cancelled and was found to have one. */
  public void found(PodUid uid, JobId job, Instant due) {
    stage("update PodRow p set p.job = :job, p.dueAt = :due", uid, Stage.CANCEL)
        .setParameter("job", job.value())
        .setParameter("due", PodRows.utc(due))
        .executeUpdate();
  }

  /** Records when to look again, and why; the stage stays. */
  public void later(PodUid uid, Stage stage, String fault, Instant due) {
    stage("update PodRow p set p.fault = :fault, p.dueAt = :due", uid, stage)
        .setParameter("fault", shortened(fault))
        .setParameter("due", PodRows.utc(due))
        .executeUpdate();
  }

  /**
   * Records that a pod is to be deleted; the first wish counts, a shorter grace shortens it.
   *
   * @return false if there is no such pod
   */
  public boolean askDelete(PodUid uid, Instant now, Duration grace) {
    PodRow row = rows.find(PodRow.class, uid.value());
    if (row == null) {
      return false;
    }
    long seconds =
        row.deleteAsked == null ? grace.toSeconds() : Math.min(row.graceSeconds, grace.toSeconds());
    rows.createQuery(
            "update PodRow p set p.deleteAsked = :asked, p.graceSeconds = :grace, p.dueAt = :due"
                + " where p.uid = :uid")
        .setParameter("asked", row.deleteAsked == null ? PodRows.utc(now) : row.deleteAsked)
        .setParameter("grace", seconds)
        .setParameter("due", PodRows.utc(now))
        .setParameter("uid", uid.value())
        .executeUpdate();
    return true;
  }

  /** Keeps what was observed, for many pods in one transaction. */
  public void observed(Map<PodUid, PodFacts> facts) {
    facts.forEach((uid, f) -> rows.merge(new ObservedRow(uid.value(), FactsJson.write(f))));
  }

  public PodFacts facts(PodUid uid) {
    ObservedRow row = rows.find(ObservedRow.class, uid.value());
    return row == null ? PodFacts.NONE : FactsJson.read(row.facts);
  }

  /** Of the pods given; those never observed are missing. */
  public Map<PodUid, PodFacts> facts(List<PodUid> uids) {
    Map<PodUid, PodFacts> found = new HashMap<>();
    if (!uids.isEmpty()) {
      rows.createQuery("select o from ObservedRow o where o.uid in :uids", ObservedRow.class)
          .setParameter("uids", uids.stream().map(PodUid::value).toList())
          .getResultStream()
          .forEach(row -> found.put(new PodUid(row.uid), FactsJson.read(row.facts)));
    }
    return found;
  }

  private boolean delete(PodUid uid, Stage from) {
    boolean deleted = stage("delete from PodRow p", uid, from).executeUpdate() == 1;
    if (deleted) {
      rows.createQuery("delete from ObservedRow o where o.uid = :uid")
          .setParameter("uid", uid.value())
          .executeUpdate();
    }
    return deleted;
  }

  private Query stage(String statement, PodUid uid, Stage from) {
    return rows.createQuery(statement + " where p.uid = :uid and p.stage = :from")
        .setParameter("uid", uid.value())
        .setParameter("from", from);
  }

  private static String shortened(String fault) {
    return fault.length() <= LONGEST_FAULT ? fault : fault.substring(0, LONGEST_FAULT - 1) + "…";
  }
}
