package ee.interlink.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A namespace of one test, and kubectl in it. */
public final class KubeNamespace implements AutoCloseable {
  private final Kube kube;
  private final String name;

  KubeNamespace(Kube kube, String name) {
    this.kube = kube;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public Execution kubectl(String... words) {
    return kube.kubectl(here(words));
  }

  public JsonNode json(String... words) {
    return kube.json(here(words));
  }

  public Process begin(String... words) {
    return kube.begin(here(words));
  }

  public void apply(JsonNode manifest) {
    apply(manifest.toString());
  }

  public void apply(String manifest) {
    kube.send(manifest, here("apply")).output();
  }

  public JsonNode pod(String pod) {
    return json("get", "pod", pod);
  }

  public String uid(String pod) {
    return Pods.uid(pod(pod));
  }

  public String phase(String pod) {
    return pod(pod).at("/status/phase").asText();
  }

  /** Of a pod's container {@link Pods#MAIN}, as {@code kubectl logs} prints it. */
  public String log(String pod) {
    return kubectl("logs", pod).output();
  }

  /** All pods, or those of a label selector. */
  public List<JsonNode> pods(String... selector) {
    String[] words =
        Stream.concat(Stream.of("get", "pods"), Stream.of(selector)).toArray(String[]::new);
    return StreamSupport.stream(json(words).path("items").spliterator(), false).toList();
  }

  /** The Events of a pod, oldest first. */
  public List<JsonNode> events(String pod) {
    JsonNode events =
        json(
            "get",
            "events",
            "--field-selector=involvedObject.name=" + pod,
            "--sort-by=.metadata.creationTimestamp");
    return StreamSupport.stream(events.path("items").spliterator(), false).toList();
  }

  private String[] here(String... words) {
    return Stream.concat(Stream.of("--namespace=" + name), Stream.of(words)).toArray(String[]::new);
  }

  /** Goes with all that is in it, in its own time. */
  @Override
  public void close() {
    kube.kubectl("delete", "namespace", name, "--wait=false", "--ignore-not-found").output();
  }
}
