package ee.interlink.web;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.LogChunk;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.Pods;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.journal.PodQuery;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.pod.JobRequests;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The core as the front doors see it, in memory. */
public class FakePods extends Pods {
  public final Map<PodUid, ResolvedPod> accepted =
      new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
  public final Map<PodUid, PodStatus> statuses = new HashMap<>();
  public final Map<PodUid, Stage> stages = new HashMap<>();
  public final Map<PodUid, JobId> jobs = new HashMap<>();
  public final List<PodUid> deleted = new ArrayList<>();
  public final List<Optional<Duration>> graces = new ArrayList<>();
  public final Map<LogFile.Kind, String> others = new HashMap<>();
  public byte[] log = new byte[0];
  public int largestPiece = Integer.MAX_VALUE;
  public int piecesRead;
  public int questions;
  public int outages;
  public Door door;
  public Optional<String> backend = Optional.empty();

  @Override
  public Optional<PodEntry> accept(ResolvedPod pod, Optional<String> backend, Door door)
      throws RefusedPodException {
    JobRequests.from(pod);
    this.door = door;
    this.backend = backend;
    return accepted.putIfAbsent(uid(pod.pod()), pod) == null
        ? entry(uid(pod.pod()))
        : Optional.empty();
  }

  @Override
  public Pod shown(PodEntry entry) {
    return shown(accepted.get(entry.uid()));
  }

  private static PodUid uid(Pod pod) {
    return new PodUid(pod.getMetadata().getUid());
  }

  @Override
  public void awaitSubmission(PodUid uid, Duration atMost) {}

  @Override
  public Optional<Pod> find(PodUid uid) {
    questions++;
    return Optional.ofNullable(accepted.get(uid)).map(this::shown);
  }

  private Pod shown(ResolvedPod resolved) {
    Pod pod = PodJson.read(PodJson.write(resolved.pod()));
    pod.setStatus(
        statuses.getOrDefault(uid(pod), new PodStatusBuilder().withPhase("Pending").build()));
    return pod;
  }

  @Override
  public Optional<PodEntry> entry(PodUid uid) {
    return Optional.ofNullable(accepted.get(uid))
        .map(
            pod ->
                new PodEntry(
                    uid,
                    pod.pod().getMetadata().getNamespace(),
                    pod.pod().getMetadata().getName(),
                    door,
                    new BackendName("here"),
                    new AccountName("alice"),
                    stages.getOrDefault(uid, Stage.ACTIVE),
                    Optional.ofNullable(jobs.get(uid)),
                    stages.get(uid) == Stage.REFUSED ? "no such partition" : "",
                    PodJson.write(pod.pod()),
                    Instant.EPOCH,
                    Optional.empty(),
                    Duration.ofSeconds(30)));
  }

  @Override
  public List<Pod> list(PodQuery query) {
    questions++;
    return accepted.entrySet().stream()
        .filter(e -> query.after().filter(a -> e.getKey().value().compareTo(a) <= 0).isEmpty())
        .limit(query.limit())
        .map(e -> shown(e.getValue()))
        .toList();
  }

  @Override
  public Optional<Pod> delete(PodUid uid, Optional<Duration> grace) {
    deleted.add(uid);
    graces.add(grace);
    return Optional.ofNullable(accepted.remove(uid)).map(this::shown);
  }

  @Override
  public Optional<LogChunk> log(PodUid uid, LogFile file, LogRange range) throws BatchException {
    piecesRead++;
    if (outages > 0) {
      outages--;
      throw new BackendUnavailableException("ssh: no route");
    }
    byte[] read =
        file.kind() == LogFile.Kind.OUTPUT
            ? log
            : others.getOrDefault(file.kind(), "").getBytes(StandardCharsets.UTF_8);
    int from =
        (int) (range.offset() < 0 ? Math.max(0, read.length + range.offset()) : range.offset());
    int to = Math.min(read.length, from + Math.min(range.limit(), largestPiece));
    return Optional.of(
        new LogChunk(from, from < to ? Arrays.copyOfRange(read, from, to) : new byte[0]));
  }

  /** A pod with one container, known to the core. */
  public PodUid add(String name) {
    Pod pod =
        PodJson.read(
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%1$s","namespace":"sci","uid":"%1$s"},
             "spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"i"}]}}
            """
                .formatted(name));
    accepted.put(uid(pod), new ResolvedPod(pod, List.of()));
    return uid(pod);
  }

  public void say(String text) {
    byte[] more = text.getBytes(StandardCharsets.UTF_8);
    byte[] longer = Arrays.copyOf(log, log.length + more.length);
    System.arraycopy(more, 0, longer, log.length, more.length);
    log = longer;
  }

  public void running(PodUid uid) {
    statuses.put(
        uid,
        new PodStatusBuilder()
            .addNewContainerStatus()
            .withName("main")
            .withNewState()
            .withNewRunning()
            .endRunning()
            .endState()
            .endContainerStatus()
            .build());
  }

  /** Another run after the first, with the first one's output kept. */
  public void startedAgain(PodUid uid, int restarts) {
    statuses.put(
        uid,
        new PodStatusBuilder()
            .addNewContainerStatus()
            .withName("main")
            .withRestartCount(restarts)
            .withNewState()
            .withNewRunning()
            .endRunning()
            .endState()
            .withNewLastState()
            .withNewTerminated()
            .withExitCode(1)
            .endTerminated()
            .endLastState()
            .endContainerStatus()
            .build());
  }

  public void ended(PodUid uid) {
    statuses.put(
        uid,
        new PodStatusBuilder()
            .addNewContainerStatus()
            .withName("main")
            .withNewState()
            .withNewTerminated()
            .withExitCode(3)
            .endTerminated()
            .endState()
            .endContainerStatus()
            .build());
  }
}
