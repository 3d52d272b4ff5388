package ee.interlink.offload.journal;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.PodJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A pod just accepted. */
public final class SampleEntry {
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

  private SampleEntry() {}

  public static PodEntry of(PodUid uid) {
    return of(uid, "default", "b", NOON);
  }

  static PodEntry of(PodUid uid, String namespace, String backend, Instant acceptedAt) {
    return new PodEntry(
        uid,
        namespace,
        "sample",
        Door.PORTAL,
        new BackendName(backend),
        new AccountName("alice"),
        Stage.SUBMIT,
        Optional.empty(),
        "",
        PodJson.write(SamplePod.of(uid)),
        acceptedAt,
        Optional.empty(),
        Duration.ofSeconds(30));
  }
}
