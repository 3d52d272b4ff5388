package ee.interlink.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The interLink API as the virtual kubelet speaks it, bodies on GET and DELETE among it. */
public final class WireClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "application/json";
  private final Http http;

  public WireClient(URI server) {
    http = new Http(server);
  }

  /** Without configuration of its own beside it. */
  public Reply create(JsonNode pod) {
    return create(pod, List.of(), List.of());
  }

  /** With the ConfigMaps and Secrets that the pod's volumes name. */
  public Reply create(JsonNode pod, List<JsonNode> configMaps, List<JsonNode> secrets) {
    ObjectNode request = JSON.createObjectNode();
    request.set("pod", pod);
    request.set("configmaps", configMaps.isEmpty() ? null : array(configMaps));
    request.set("secrets", secrets.isEmpty() ? null : array(secrets));
    request.putNull("projectedvolumesmaps");
    request.put("jobscriptURL", "");
    return send("POST", "/create", request);
  }

  /**
   * The statuses of these pods, in their order; those that the server does not know are missing.
   */
  public JsonNode status(List<JsonNode> pods) {
    return send("GET", "/status", array(pods)).expect(200).json();
  }

  public Reply delete(JsonNode pod) {
    return send("DELETE", "/delete", pod);
  }

  public Reply log(JsonNode pod, String container) {
    return http.send("GET", "/getLogs", TYPE, bytes(logRequest(pod, container, false)));
  }

  /** The container's output until its end. */
  public InputStream follow(JsonNode pod, String container) {
    return http.stream("/getLogs", TYPE, bytes(logRequest(pod, container, true)));
  }

  public Reply ping() {
    return http.send("POST", "/pinglink");
  }

  /** Any other request. */
  public Reply send(String method, String path, String body) {
    return http.send(method, path, TYPE, body.getBytes(StandardCharsets.UTF_8));
  }

  private Reply send(String method, String path, JsonNode body) {
    return http.send(method, path, TYPE, bytes(body));
  }

  private static JsonNode logRequest(JsonNode pod, String container, boolean follow) {
    ObjectNode request = JSON.createObjectNode();
    request.put("Namespace", pod.at("/metadata/namespace").asText());
    request.put("PodUID", pod.at("/metadata/uid").asText());
    request.put("PodName", pod.at("/metadata/name").asText());
    request.put("ContainerName", container);
    ObjectNode options = request.putObject("Opts");
    options.put("Tail", 0).put("Bytes", 0).put("Timestamps", false).put("Follow", follow);
    options.put("Previous", false).put("SinceSeconds", 0);
    options.put("SinceTime", "0001-01-01T00:00:00Z");
    return request;
  }

  private static ArrayNode array(List<JsonNode> nodes) {
    return JSON.createArrayNode().addAll(nodes);
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }
}
