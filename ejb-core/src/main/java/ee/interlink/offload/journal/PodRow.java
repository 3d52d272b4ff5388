package ee.interlink.offload.journal;

import ee.interlink.offload.lifecycle.Stage;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** The row of one pod; a plain carrier, read and written by {@link Journal} alone. */
@Entity
@Table(name = "pod")
public class PodRow {
  @Id String uid;
  String namespace;
  String name;

  @Enumerated(EnumType.STRING)
  Door door;

  String backend;
  String account;

  @Enumerated(EnumType.STRING)
  Stage stage;

  String job;
  String fault;
  String manifest;

  @Column(name = "accepted_at")
  OffsetDateTime acceptedAt;

  @Column(name = "due_at")
  OffsetDateTime dueAt;

  @Column(name = "delete_asked")
  OffsetDateTime deleteAsked;

  @Column(name = "grace_seconds")
  long graceSeconds;
}
