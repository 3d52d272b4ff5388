package ee.interlink.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** Manifests of pods, each with a UID of its own and one container {@code main}. */
public final class Pods {
  /** The container that each pod has. */
  public static final String MAIN = "main";

  private static final ObjectMapper JSON = new ObjectMapper();
  private final String image;

  public Pods(String image) {
    this.image = image;
  }

  /** A pod whose container runs this argument vector. */
  public ObjectNode command(String... words) {
    String uid = UUID.randomUUID().toString();
    ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata");
    metadata.put("name", "p-" + uid.substring(0, 8)).put("namespace", "system-test");
    metadata.put("uid", uid);
    ObjectNode spec = pod.putObject("spec").put("restartPolicy", "Never");
    spec.put("terminationGracePeriodSeconds", 2);
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", MAIN).put("image", image);
    ArrayNode command = container.putArray("command");
    for (String word : words) {
      command.add(word);
    }
    ObjectNode resources = container.putObject("resources").putObject("requests");
    resources.put("cpu", "1").put("memory", "128Mi");
    return pod;
  }

  /** A pod that runs these lines of shell. */
  public ObjectNode shell(String script) {
    return command("/bin/sh", "-c", script);
  }

  public ObjectNode sleep(int seconds) {
    return command("/bin/sleep", Integer.toString(seconds));
  }

  public ObjectNode exit(int code) {
    return shell("exit " + code);
  }

  public static String uid(JsonNode pod) {
    return pod.at("/metadata/uid").asText();
  }

  /** The first container, to change. */
  public static ObjectNode main(ObjectNode pod) {
    return (ObjectNode) pod.at("/spec/containers/0");
  }

  /** Adds an environment variable to the first container. */
  public static ObjectNode env(ObjectNode pod, String name, String value) {
    main(pod).withArray("/env").addObject().put("name", name).put("value", value);
    return pod;
  }
}
