package ee.interlink.offload.status;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ImageState;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.batch.VolumeName;
import java.time.Instant;
import java.util.OptionalInt;

/** Reports about one pod, short to write. */
final class Told {
  static final PodUid POD = new PodUid("11111111-2222-3333-4444-555555555555");
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Told() {}

  /** As a pod's specification says it. */
  static String word(RestartPolicy policy) {
    return switch (policy) {
      case NEVER -> "Never";
      case ON_FAILURE -> "OnFailure";
      case ALWAYS -> "Always";
    };
  }

  static JobReport job(JobState state) {
    return job(state, state.name());
  }

  static JobReport job(JobState state, String words) {
    return new JobReport.Scheduled(POD, new JobId("17"), state, words, OptionalInt.empty());
  }

  static JobReport job(JobState state, int exitCode) {
    return new JobReport.Scheduled(
        POD, new JobId("17"), state, state.name(), OptionalInt.of(exitCode));
  }

  static JobReport started(String container) {
    return started(container, 0);
  }

  /** Run n of a container takes from second 10 n to second 10 n + 1 after noon. */
  static JobReport started(String container, int run) {
    return new JobReport.ContainerStarted(
        POD, new ContainerName(container), run, NOON.plusSeconds(10L * run));
  }

  static JobReport ended(String container, int exitCode) {
    return ended(container, 0, exitCode);
  }

  static JobReport ended(String container, int run, int exitCode) {
    return new JobReport.ContainerEnded(
        POD,
        new ContainerName(container),
        run,
        exitCode,
        NOON.plusSeconds(10L * run + 1),
        "",
        false);
  }

  /** Shortly before run n of a container. */
  static JobReport image(String container, int run, ImageState state, String words) {
    Instant at = NOON.plusSeconds(10L * run).minusMillis(100);
    return new JobReport.ContainerImage(POD, new ContainerName(container), run, state, at, words);
  }

  static JobReport runnerEnded() {
    return runnerEnded(0);
  }

  static JobReport runnerEnded(int restarts) {
    return new JobReport.RunnerEnded(POD, restarts, NOON.plusSeconds(2), false);
  }

  static JobReport runnerTerminated() {
    return runnerTerminated(0);
  }

  static JobReport runnerTerminated(int restarts) {
    return new JobReport.RunnerEnded(POD, restarts, NOON.plusSeconds(2), true);
  }

  static JobReport evicted(String volume) {
    return new JobReport.Evicted(POD, new VolumeName(volume), NOON);
  }

  static JobReport outOfMemory() {
    return new JobReport.OutOfMemory(POD, NOON);
  }

  static PodFacts facts(JobReport... reports) {
    PodFacts facts = PodFacts.NONE;
    for (JobReport report : reports) {
      facts = facts.with(report, NOON.plusSeconds(3));
    }
    return facts;
  }
}
