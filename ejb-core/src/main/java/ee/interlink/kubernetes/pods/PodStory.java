package ee.interlink.kubernetes.pods;

import ee.interlink.kubernetes.pods.PodEvents.Word;
import ee.interlink.kubernetes.pods.ToldStatus.Doing;
import ee.interlink.kubernetes.pods.ToldStatus.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What there is to say when a pod's status changes: one Event for each step of its way. */
final class PodStory {
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

  private static void step(List<Word> words, String name, Doing was, Doing now) {
    switch (now.what()) {
      case WAITING -> waiting(words, name, now);
      case RUNNING -> words.add(Word.normal("Started", "Started container " + name).of(name));
      case TERMINATED -> {
        // Whoever was not looking has missed the start, and a container has begun before it ended.
        if ((was == null || was.what() == What.WAITING) && now.reason().equals("Completed")) {
          words.add(Word.normal("Started", "Started container " + name).of(name));
        }
        words.add(end(name, now).of(name));
      }
    }
  }

  private static void waiting(List<Word> words, String name, Doing now) {
    switch (now.reason()) {
      case "JobQueued" -> {
        if (!now.message().isEmpty()) {
          words.add(Word.normal("Queued", "The job waits: " + now.message()));
        }
      }
      case "BackendUnavailable" -> words.add(Word.warning("BackendUnavailable", now.message()));
      case "JobUnknown" -> words.add(Word.warning("JobUnknown", now.message()));
      case "CrashLoopBackOff" ->
          words.add(
              Word.warning("BackOff", "Back-off restarting failed container " + name).of(name));
      default -> {
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
