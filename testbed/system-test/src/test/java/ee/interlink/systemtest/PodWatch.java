package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import ee.interlink.testbed.KubeNamespace;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** All that kubectl is told of a namespace's pods while it watches, also of those that go. */
final class PodWatch implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process kubectl;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  PodWatch(KubeNamespace namespace) {
    kubectl = namespace.begin("get", "pods", "--watch", "--output-watch-events", "-o", "json");
    Thread reader = new Thread(this::read, "pod-watch");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * A pod as it was at a moment.
   *
   * @param at when kubectl showed it
   * @param gone whether that was the last of it
   */
  record Seen(Instant at, JsonNode pod, boolean gone) {
    /** Of the container's status. */
    JsonNode container(String name) {
      for (String kind : List.of("containerStatuses", "initContainerStatuses")) {
        for (JsonNode status : pod.path("status").path(kind)) {
          if (status.path("name").asText().equals(name)) {
            return status;
          }
        }
      }
      return MissingNode.getInstance();
    }

    JsonNode condition(String type) {
      for (JsonNode condition : pod.at("/status/conditions")) {
        if (condition.path("type").asText().equals(type)) {
          return condition;
        }
      }
      return MissingNode.getInstance();
    }

    boolean is(String type) {
      return condition(type).path("status").asText().equals("True");
    }

    Instant since(String type) {
      return Instant.parse(condition(type).path("lastTransitionTime").asText());
    }
  }

  private void read() {
    try (MappingIterator<JsonNode> events =
        JSON.readerFor(JsonNode.class).readValues(kubectl.getInputStream())) {
      while (events.hasNextValue()) {
        JsonNode event = events.nextValue();
        boolean gone = event.path("type").asText().equals("DELETED");
        seen.add(new Seen(Instant.now(), event.path("object"), gone));
      }
    } catch (IOException e) {
      kubectl.destroy(); // what waits for more hears of it by its patience
    }
  }

  /** What was seen of a pod so far, oldest first. */
  List<Seen> of(String name) {
    return seen.stream()
        .filter(each -> each.pod().at("/metadata/name").asText().equals(name))
        .toList();
  }

  /** As it was last told of; an empty object before. */
  JsonNode pod(String name) {
    List<Seen> all = of(name);
    return all.isEmpty() ? JSON.createObjectNode() : all.get(all.size() - 1).pod();
  }

  boolean isGone(String name) {
    return of(name).stream().anyMatch(Seen::gone);
  }

  /** The first time that this was seen of the pod, whether that was or is to come. */
  Seen await(String name, String what, Predicate<Seen> condition) {
    return waitFor(name + ": " + what)
        .until(() -> of(name).stream().filter(condition).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** The pod each time that this condition became another one, with the first. */
  List<Seen> turns(String name, String condition) {
    List<Seen> turns = new ArrayList<>();
    for (Seen each : of(name)) {
      if (turns.isEmpty() || turns.get(turns.size() - 1).is(condition) != each.is(condition)) {
        turns.add(each);
      }
    }
    return turns;
  }

  @Override
  public void close() {
    kubectl.destroy();
  }
}
