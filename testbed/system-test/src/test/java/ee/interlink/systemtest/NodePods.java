package ee.interlink.systemtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Pods;

/** Manifests for a node that only those pods come to which ask for it. */
final class NodePods {
  private static final ObjectMapper JSON = new ObjectMapper();

  private NodePods() {}

  /** The pod under this name on that node; Kubernetes gives it its UID. */
  static ObjectNode bound(String name, ObjectNode pod, String node) {
    ObjectNode metadata = (ObjectNode) pod.get("metadata");
    metadata.removeAll();
    metadata.put("name", name);
    ObjectNode spec = spec(pod);
    spec.putObject("nodeSelector").put("kubernetes.io/hostname", node);
    spec.putArray("tolerations")
        .addObject()
        .put("key", "virtual-node.interlink/no-schedule")
        .put("operator", "Exists");
    return pod;
  }

  /** A Job that runs such a pod once. */
  static ObjectNode job(String name, ObjectNode pod) {
    ObjectNode job = object("batch/v1", "Job", name);
    ObjectNode spec = job.putObject("spec").put("backoffLimit", 0);
    template(spec, name, pod);
    return job;
  }

  /** A Deployment of such pods, labelled {@code app=NAME}. */
  static ObjectNode deployment(String name, int replicas, ObjectNode pod) {
    ObjectNode deployment = object("apps/v1", "Deployment", name);
    ObjectNode spec = deployment.putObject("spec").put("replicas", replicas);
    spec.putObject("selector").putObject("matchLabels").put("app", name);
    spec(pod).put("restartPolicy", "Always");
    template(spec, name, pod);
    return deployment;
  }

  private static void template(ObjectNode spec, String name, ObjectNode pod) {
    ObjectNode template = spec.putObject("template");
    template.putObject("metadata").putObject("labels").put("app", name);
    template.set("spec", pod.get("spec"));
  }

  /** An object without anything in it. */
  static ObjectNode object(String apiVersion, String kind, String name) {
    ObjectNode object = JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  static ObjectNode spec(ObjectNode pod) {
    return (ObjectNode) pod.get("spec");
  }

  /** The first container. */
  static ObjectNode main(ObjectNode pod) {
    return Pods.main(pod);
  }

  static ArrayNode mounts(ObjectNode pod) {
    return main(pod).withArray("/volumeMounts");
  }

  /** A new volume, mounted at /NAME, read-only as what comes from the cluster is. */
  static ObjectNode volume(ObjectNode pod, String name) {
    mounts(pod).addObject().put("name", name).put("mountPath", "/" + name).put("readOnly", true);
    return spec(pod).withArray("/volumes").addObject().put("name", name);
  }

  /** Adds a key of a volume's source under a path of its own. */
  static ObjectNode item(ObjectNode source, String key, String path) {
    return source.withArray("/items").addObject().put("key", key).put("path", path);
  }

  /** Adds a variable whose value comes from a reference of that kind, to be filled in. */
  static ObjectNode from(ArrayNode env, String name, String kind) {
    return env.addObject().put("name", name).putObject("valueFrom").putObject(kind);
  }
}
