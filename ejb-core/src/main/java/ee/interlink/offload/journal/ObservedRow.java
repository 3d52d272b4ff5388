package ee.interlink.offload.journal;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What was observed of one pod's job, as JSON. */
@Entity
@Table(name = "observed")
public class ObservedRow {
  @Id String uid;
  String facts;

  /** For the persistence provider. */
  protected ObservedRow() {}

  ObservedRow(String uid, String facts) {
    this.uid = uid;
    this.facts = facts;
  }
}
