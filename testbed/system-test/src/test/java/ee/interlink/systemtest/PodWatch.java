package ee.interlink.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import ee.interlink.testbed.KubeNamespace;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All pods of a namespace as {@code kubectl get --watch} tells of them: so the last status of a pod
 * is known that is gone, and nobody has to ask again and again.
 */
final class PodWatch implements AutoCloseable {
  private final Map<String, JsonNode> last = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final Process kubectl;

  PodWatch(KubeNamespace namespace) {
    kubectl = namespace.begin("get", "pods", "--watch", "--output-watch-events", "-o", "json");
    Thread reader = new Thread(this::read, "watch of " + namespace.name());
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (MappingIterator<JsonNode> events =
        new ObjectMapper().readerFor(JsonNode.class).readValues(kubectl.getInputStream())) {
      while (events.hasNext()) {
        JsonNode event = events.next();
        String name = event.at("/object/metadata/name").asText();
        last.put(name, event.get("object"));
        if (event.path("type").asText().equals("DELETED")) {
          gone.add(name);
        }
      }
    } catch (IOException | RuntimeException e) {
      kubectl.destroy(); // what waits for more hears of it by its patience
    }
  }

  /** As it was last told of; an empty object before. */
  JsonNode pod(String name) {
    return last.getOrDefault(name, new ObjectMapper().createObjectNode());
  }

  boolean isGone(String name) {
    return gone.contains(name);
  }

  @Override
  public void close() {
    kubectl.destroy();
  }
}
