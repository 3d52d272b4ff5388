package ee.interlink.offload.journal;

import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;

/** The query behind a {@link PodQuery}. */
final class PodListing {
  private PodListing() {}

  static List<PodRow> of(EntityManager rows, PodQuery query) {
    CriteriaBuilder build = rows.getCriteriaBuilder();
    CriteriaQuery<PodRow> select = build.createQuery(PodRow.class);
    Root<PodRow> pod = select.from(PodRow.class);
    List<Predicate> conditions = new ArrayList<>();
    query.namespace().ifPresent(ns -> conditions.add(build.equal(pod.get("namespace"), ns)));
    query.backend().ifPresent(b -> conditions.add(build.equal(pod.get("backend"), b)));
    query.after().ifPresent(uid -> conditions.add(build.greaterThan(pod.get("uid"), uid)));
    select.where(conditions.toArray(Predicate[]::new)).orderBy(build.asc(pod.get("uid")));
    return rows.createQuery(select).setMaxResults(query.limit()).getResultList();
  }
}
