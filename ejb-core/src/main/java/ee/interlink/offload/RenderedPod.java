package ee.interlink.offload;

import ee.interlink.batch.JobId;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.status.ApiTime;
import ee.interlink.offload.status.PodFacts;
import ee.interlink.offload.status.PodStatusRule;
import ee.interlink.offload.status.PodView;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A journal entry as the Kubernetes object that the world sees. */
final class RenderedPod {
  static final String BACKEND = "interlink.ee/backend";
  static final String JOB = "interlink.ee/job";

  private RenderedPod() {}

  static Pod of(PodEntry entry, PodFacts facts, Instant now) {
    Pod pod = PodJson.read(entry.manifest());
    ObjectMeta meta = pod.getMetadata();
    meta.setCreationTimestamp(ApiTime.of(entry.acceptedAt()));
    entry
        .deleteAsked()
        .ifPresent(
            asked -> {
              meta.setDeletionTimestamp(ApiTime.of(asked.plus(entry.grace())));
              meta.setDeletionGracePeriodSeconds(entry.grace().toSeconds());
            });
    Map<String, String> annotations = new HashMap<>(meta.getAnnotations());
    annotations.put(BACKEND, entry.backend().value());
    entry.job().map(JobId::value).ifPresent(job -> annotations.put(JOB, job));
    meta.setAnnotations(annotations);
    pod.setStatus(
        PodStatusRule.derive(
            new PodView(
                pod,
                entry.stage(),
                entry.job().map(JobId::value),
                entry.fault(),
                facts,
                entry.acceptedAt(),
                entry.deleteAsked()),
            now));
    return pod;
  }
}
