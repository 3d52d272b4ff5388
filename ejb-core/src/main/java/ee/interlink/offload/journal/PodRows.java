package ee.interlink.offload.journal;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Rows to entries and back. */
final class PodRows {
  private PodRows() {}

  static PodEntry entry(PodRow row) {
    return new PodEntry(
        new PodUid(row.uid),
        row.namespace,
        row.name,
        row.door,
        new BackendName(row.backend),
        new AccountName(row.account),
        row.stage,
        Optional.ofNullable(row.job).map(JobId::new),
        row.fault,
        row.manifest,
        row.acceptedAt.toInstant(),
        Optional.ofNullable(row.deleteAsked).map(OffsetDateTime::toInstant),
        Duration.ofSeconds(row.graceSeconds));
  }

  static PodRow row(PodEntry entry, Instant due) {
    PodRow row = new PodRow();
    row.uid = entry.uid().value();
    row.namespace = entry.namespace();
    row.name = entry.name();
    row.door = entry.door();
    row.backend = entry.backend().value();
    row.account = entry.account().value();
    row.stage = entry.stage();
    row.job = entry.job().map(JobId::value).orElse(null);
    row.fault = entry.fault();
    row.manifest = entry.manifest();
    row.acceptedAt = utc(entry.acceptedAt());
    row.dueAt = utc(due);
    row.deleteAsked = entry.deleteAsked().map(PodRows::utc).orElse(null);
    row.graceSeconds = entry.grace().toSeconds();
    return row;
  }

  static OffsetDateTime utc(Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }
}
