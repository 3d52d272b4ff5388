package ee.interlink.kubernetes.pods;

import ee.interlink.batch.JobReport;
import ee.interlink.kubernetes.pods.PodEvents.Word;
import ee.interlink.kubernetes.pods.ToldStatus.Doing;
import ee.interlink.kubernetes.pods.ToldStatus.What;
import ee.interlink.offload.status.CareFacts;
import ee.interlink.offload.status.ContainerStatusRule;
import ee.interlink.offload.status.ImageWait;
import ee.interlink.offload.status.PodFacts;
import ee.interlink.offload.status.PodStatusRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What there is to say when a pod's status changes: one Event for each step of its way. */
final class PodStory {
  /** Reasons of a container whose image has been asked for in vain. */
  private static final Set<String> PULLS = Set.of("ErrImagePull", "ImagePullBackOff");

  private static final String PROBE = " failed %s probe, will be restarted";

  private PodStory() {}

  static List<Word> between(ToldStatus before, ToldStatus now, String backend) {
    List<Word> words = new ArrayList<>();
    if (before.job().isEmpty() && !now.job().isEmpty()) {
      words.add(Word.normal("Submitted", "Job " + now.job() + " of backend " + backend));
    }
    for (Map.Entry<String, Doing> container : new TreeMap<>(now.containers()).entrySet()) {
      Doing was = before.containers().get(container.getKey());
      if (!container.getValue().equals(was)) {
        step(words, container.getKey(), was, container.getValue());
      }
    }
    return words;
  }

  /** That a pod's job is to be ended: for each container that runs, in the kubelet's words. */
  static List<Word> killing(ToldStatus told) {
    List<Word> words = new ArrayList<>();
    new TreeMap<>(told.containers())
        .forEach(
            (name, doing) -> {
              if (doing.what() == What.RUNNING) {
                words.add(Word.normal("Killing", "Stopping container " + name).of(name));
              }
            });
    return words.isEmpty() ? List.of(Word.normal("Killing", "Ending the job of the pod")) : words;
  }

  /** What probes and hooks last complained of, and of a deadline, in the kubelet's words. */
  static List<Word> troubles(PodFacts facts) {
    List<Word> words = new ArrayList<>();
    if (facts.overdueAt() != null) {
      words.add(Word.normal("DeadlineExceeded", PodStatusRule.OVERDUE));
    }
    new TreeMap<>(facts.containers())
        .forEach(
            (name, container) -> {
              if (container.previous() != null) {
                // What ended a run may be heard of together with the next run's start.
                trouble(words, name, container.previous().attended());
              }
              trouble(words, name, container.attended());
            });
    return words;
  }

  private static void trouble(List<Word> words, String name, CareFacts care) {
    if (care.trouble() != null && !care.words().isEmpty()) {
      words.add(Word.warning(reason(care.trouble()), care.words()).of(name));
    }
    if (care.trouble() != null) {
      killed(name, care.trouble())
          .ifPresent(why -> words.add(Word.normal("Killing", why).of(name)));
    }
  }

  /** Why a kubelet says that it ends a container for its trouble. */
  private static Optional<String> killed(String name, JobReport.Trouble trouble) {
    return switch (trouble) {
      case NOT_ALIVE -> Optional.of("Container " + name + PROBE.formatted("liveness"));
      case NOT_STARTED -> Optional.of("Container " + name + PROBE.formatted("startup"));
      case POST_START -> Optional.of("FailedPostStartHook");
      case LIVENESS, READINESS, STARTUP, PRE_STOP -> Optional.empty();
    };
  }

  private static String reason(JobReport.Trouble trouble) {
    return switch (trouble) {
      case LIVENESS, READINESS, STARTUP, NOT_ALIVE, NOT_STARTED -> "Unhealthy";
      case POST_START -> "FailedPostStartHook";
      case PRE_STOP -> "FailedPreStopHook";
    };
  }

  private static void step(List<Word> words, String name, Doing was, Doing now) {
    switch (now.what()) {
      case WAITING -> waiting(words, name, now);
      case RUNNING -> started(words, name, was);
      case TERMINATED -> {
        // Whoever was not looking has missed the start, and a container has begun before it ended.
        if ((was == null || was.what() == What.WAITING) && now.reason().equals("Completed")) {
          started(words, name, was);
        }
        words.add(end(name, now).of(name));
      }
    }
  }

  private static void started(List<Word> words, String name, Doing was) {
    if (isPulling(was) || (was != null && PULLS.contains(was.reason()))) {
      words.add(Word.normal("Pulled", "Pulled the image of container " + name).of(name));
    }
    words.add(Word.normal("Started", "Started container " + name).of(name));
  }

  private static boolean isPulling(Doing doing) {
    return doing != null && doing.message().startsWith(ImageWait.PULLING);
  }

  private static void waiting(List<Word> words, String name, Doing now) {
    switch (now.reason()) {
      case "JobQueued" -> {
        if (!now.message().isEmpty()) {
          words.add(Word.normal("Queued", ContainerStatusRule.JOB_WAITS + now.message()));
        }
      }
      case "BackendUnavailable" -> words.add(Word.warning("BackendUnavailable", now.message()));
      case "JobUnknown" -> words.add(Word.warning("JobUnknown", now.message()));
      case "CrashLoopBackOff" ->
          words.add(
              Word.warning("BackOff", "Back-off restarting failed container " + name).of(name));
      case "ErrImagePull" -> words.add(Word.warning("Failed", now.message()).of(name));
      case "ImagePullBackOff" -> words.add(Word.normal("BackOff", now.message()).of(name));
      case "ErrImageNeverPull" ->
          words.add(Word.warning("ErrImageNeverPull", now.message()).of(name));
      case "InvalidImageName" -> words.add(Word.warning("InspectFailed", now.message()).of(name));
      default -> {
        if (now.message().startsWith(ContainerStatusRule.JOB_WAITS)) {
          words.add(Word.normal("Queued", now.message()));
        } else if (isPulling(now)) {
          words.add(Word.normal("Pulling", now.message()).of(name));
        }
        // On the way to its start; the start itself will be said.
      }
    }
  }

  private static Word end(String name, Doing now) {
    String message =
        "Container "
            + name
            + " ended with exit code "
            + now.exitCode()
            + (now.message().isEmpty() ? "" : ": " + now.message());
    return now.exitCode() == 0
        ? Word.normal(now.reason(), message)
        : Word.warning(now.reason().equals("Error") ? "Failed" : now.reason(), message);
  }
}
