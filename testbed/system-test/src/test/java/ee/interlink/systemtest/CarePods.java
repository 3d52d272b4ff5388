package ee.interlink.systemtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Pods;
import java.util.List;

/**
 * Nine pods with probes and hooks, each of which goes its way by itself. What happens in them, and
 * when, they write into their logs and to where a message of their end is read: the log of a pod
 * that is deleted goes with it, and that message comes with its last status.
 */
record CarePods(NodeSite site, String grpcImage) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  private static final String MESSAGES = "/told";

  /** Busybox' date knows no parts of a second, its ts does. */
  private static final String TELL =
      "tell() { echo \"$*\" | ts %.s | tee -a " + MESSAGES + "; }; tell begun; ";

  private static final String FOR_EVER = "while :; do sleep 0.1; done";

  /** In the order of docs/probes.md. */
  List<ObjectNode> all() {
    return List.of(
        lateStart(),
        liveByHttp(),
        liveByTcp(),
        readyByHttp(),
        readyByGrpc(),
        hooks(),
        sleepingHook(),
        sidecar(),
        failingHook());
  }

  private ObjectNode lateStart() {
    ObjectNode pod =
        pod(
            "late-start",
            "sleep 7; touch /tmp/up; tell up; sleep 6; tell over; cat " + MESSAGES,
            "Never");
    // A second and more for each: by default it would be over after one.
    set(
        pod,
        "startupProbe",
        "{exec: {command: ['sh', '-c',"
            + " 'echo asked | ts %.s >>/told; sleep 1.2; [ -e /tmp/up ]']},"
            + " initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 5}");
    set(
        pod,
        "livenessProbe",
        "{exec: {command: ['sh', '-c', 'echo alive | ts %.s >>/told']}, periodSeconds: 1}");
    return pod;
  }

  private ObjectNode liveByHttp() {
    int port = NodeSite.freePort();
    ObjectNode pod =
        pod(
            "live-http",
            "trap 'tell term' TERM; mkdir /tmp/www; touch /tmp/www/alive;"
                + (" httpd -f -p 127.0.0.1:" + port + " -h /tmp/www &")
                + " if [ -e /runs/one ]; then sleep 3; tell over; exit 0; fi;"
                + " touch /runs/one; sleep 3; tell sick; rm /tmp/www/alive; "
                + FOR_EVER,
            "OnFailure");
    countRuns(pod);
    set(
        pod,
        "livenessProbe",
        ("{httpGet: {host: '127.0.0.1', port: " + port + ", path: '/alive'},")
            + " periodSeconds: 2, failureThreshold: 2, terminationGracePeriodSeconds: 1}");
    return pod;
  }

  private ObjectNode liveByTcp() {
    int port = NodeSite.freePort();
    ObjectNode pod =
        pod(
            "live-tcp",
            ("httpd -f -p 127.0.0.1:" + port + " & server=$!;")
                + " if [ -e /runs/one ]; then sleep 3; tell over; exit 0; fi;"
                + " touch /runs/one; sleep 4; kill $server; tell sick; "
                + FOR_EVER,
            "OnFailure");
    countRuns(pod);
    set(
        pod,
        "livenessProbe",
        ("{tcpSocket: {port: " + port + "},") + " initialDelaySeconds: 1, periodSeconds: 1}");
    return pod;
  }

  private ObjectNode readyByHttp() {
    int port = NodeSite.freePort();
    ObjectNode pod =
        pod(
            "ready-http",
            "mkdir /tmp/www; touch /tmp/www/ready;"
                + (" httpd -f -p 127.0.0.1:" + port + " -h /tmp/www &")
                + " sleep 8; rm /tmp/www/ready; tell bad;"
                + " sleep 5; touch /tmp/www/ready; tell good; sleep 5; tell over",
            "Never");
    set(
        pod,
        "readinessProbe",
        ("{httpGet: {port: " + port + ", path: '/ready'},")
            + " initialDelaySeconds: 3, periodSeconds: 2, failureThreshold: 1}");
    return pod;
  }

  private ObjectNode readyByGrpc() {
    int port = NodeSite.freePort();
    int control = NodeSite.freePort();
    String ask = "wget -q -O /dev/null http://127.0.0.1:" + control;
    ObjectNode pod =
        pod(
            "ready-grpc",
            ("/agnhost grpc-health-checking --service care --port " + port)
                + (" --http-port " + control + " &")
                + (" until " + ask + "/make-serving; do sleep 0.1; done; tell serving;")
                + (" sleep 7; " + ask + "/make-not-serving; tell bad;")
                + (" sleep 5; " + ask + "/make-serving; tell good; sleep 5; tell over"),
            "Never");
    // Its server and its image take more than busybox, and HTCondor counts both.
    NodePods.main(pod)
        .put("image", grpcImage)
        .withObject("/resources/requests")
        .put("memory", "512Mi");
    set(
        pod,
        "readinessProbe",
        ("{grpc: {port: " + port + ", service: 'care'},")
            + " periodSeconds: 1, successThreshold: 2, failureThreshold: 2}");
    return pod;
  }

  private ObjectNode hooks() {
    ObjectNode pod = pod("hooks", "trap 'tell term' TERM; " + FOR_EVER, "Never");
    NodePods.spec(pod).put("terminationGracePeriodSeconds", 4);
    set(
        pod,
        "lifecycle",
        "{postStart: {exec: {command: ['sh', '-c',"
            + " 'sleep 2; echo started | ts %.s >>/told']}},"
            + " preStop: {exec: {command: ['sh', '-c',"
            + " 'echo stopping | ts %.s >>/told; sleep 2; echo stopped | ts %.s >>/told']}}}");
    return pod;
  }

  private ObjectNode sleepingHook() {
    ObjectNode pod = pod("sleeping-hook", "trap 'tell term' TERM; " + FOR_EVER, "Never");
    NodePods.spec(pod).put("terminationGracePeriodSeconds", 10);
    set(pod, "lifecycle", "{preStop: {sleep: {seconds: 8}}}");
    return pod;
  }

  private ObjectNode sidecar() {
    ObjectNode pod = pod("sidecar", "sleep 3; tell over", "Never");
    ObjectNode side = NodePods.main(pod).deepCopy().put("name", "side");
    side.put("restartPolicy", "Always");
    side.withArray("/command")
        .set(
            2,
            TELL + "trap 'tell term; exit 0' TERM; sleep 3; touch /tmp/up; tell up; " + FOR_EVER);
    side.set(
        "startupProbe",
        json(
            "{exec: {command: ['test', '-e', '/tmp/up']}, periodSeconds: 1, failureThreshold: 9}"));
    NodePods.spec(pod).putArray("initContainers").add(side);
    return pod;
  }

  private ObjectNode failingHook() {
    ObjectNode pod = pod("failing-hook", FOR_EVER, "Always");
    int nobody = NodeSite.freePort();
    set(
        pod,
        "lifecycle",
        "{postStart: {httpGet: {host: '127.0.0.1', port: " + nobody + ", path: '/'}}}");
    return pod;
  }

  private ObjectNode pod(String name, String script, String restartPolicy) {
    ObjectNode pod = site.pod(name, TELL + script);
    NodePods.spec(pod)
        .put("restartPolicy", restartPolicy)
        .put("terminationGracePeriodSeconds", 30)
        .put("automountServiceAccountToken", false);
    NodePods.main(pod)
        .put("terminationMessagePath", MESSAGES)
        .put("imagePullPolicy", "IfNotPresent");
    return pod;
  }

  /** A volume stays when a container is started again, its own files do not. */
  private static void countRuns(ObjectNode pod) {
    NodePods.mounts(pod).addObject().put("name", "runs").put("mountPath", "/runs");
    NodePods.spec(pod).withArray("/volumes").addObject().put("name", "runs").putObject("emptyDir");
  }

  private static void set(ObjectNode pod, String field, String care) {
    Pods.main(pod).set(field, json(care));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
