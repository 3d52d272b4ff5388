package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.systemtest.Unpacked.Entry;
import ee.interlink.testbed.KubeNamespace;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a pod takes from the cluster arrives in its job byte for byte. */
@Tag("testbed")
@Tag("any-scheduler")
@Tag("no-shared-folder")
@Tag("kubernetes")
@Order(22)
@SideBySide
@ExtendWith(NodeSite.Shared.class)
class ResolutionIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT =
      "first line\n\ttab, \"quotes\", $HOME, `id`, ü, 漢\n\nno newline";
  private static final byte[] BYTES = new byte[256];

  static {
    for (int i = 0; i < BYTES.length; i++) {
      BYTES[i] = (byte) i;
    }
  }

  private KubeNamespace namespace;

  @BeforeEach
  void begin(NodeSite site) {
    namespace = site.kube().namespace("resolution");
  }

  @AfterEach
  void end() {
    namespace.close();
  }

  @Test
  void files_of_a_config_map_have_its_bytes_and_the_modes_that_the_volume_names(NodeSite site) {
    configMap("settings");
    ObjectNode pod = site.pod("files", Unpacked.script("/in", "text", "empty", "deep/er/bytes"));
    ObjectNode source = NodePods.volume(pod, "in").putObject("configMap").put("name", "settings");
    source.put("defaultMode", 0440);
    NodePods.item(source, "text", "text");
    NodePods.item(source, "empty", "empty");
    NodePods.item(source, "bytes", "deep/er/bytes").put("mode", 0400);
    namespace.apply(pod);

    Map<String, Entry> found = result("files");
    assertThat(found.get("text")).isEqualTo(Entry.of("440", TEXT));
    assertThat(found.get("empty")).isEqualTo(Entry.of("440", ""));
    assertThat(found.get("deep/er/bytes")).isEqualTo(Entry.of("400", BYTES));
  }

  @Test
  void files_of_a_secret_have_its_bytes_and_one_of_them_can_be_mounted_alone(NodeSite site) {
    secret("keys");
    ObjectNode pod = site.pod("files", Unpacked.script("/", "in/text", "in/bytes", "etc/one"));
    NodePods.volume(pod, "in")
        .putObject("secret")
        .put("secretName", "keys")
        .put("defaultMode", 0600);
    NodePods.mounts(pod)
        .addObject()
        .put("name", "in")
        .put("mountPath", "/etc/one")
        .put("subPath", "bytes");
    namespace.apply(pod);

    Map<String, Entry> found = result("files");
    assertThat(found.get("in/text")).isEqualTo(Entry.of("600", TEXT));
    assertThat(found.get("in/bytes")).isEqualTo(Entry.of("600", BYTES));
    assertThat(found.get("etc/one").base64()).isEqualTo(Entry.of("", BYTES).base64());
  }

  @Test
  void variables_have_the_values_of_config_maps_secrets_and_fields(NodeSite site) {
    configMap("settings");
    secret("keys");
    ObjectNode pod =
        site.pod(
            "variables",
            Unpacked.variables("SETTING", "KEY", "ALL_text", "POD", "UID", "NODE", "CPU", "SUM"));
    ObjectNode main = NodePods.main(pod);
    main.withObject("/resources/limits").put("cpu", "2").put("memory", "128Mi");
    ArrayNode env = main.putArray("env");
    NodePods.from(env, "SETTING", "configMapKeyRef").put("name", "settings").put("key", "text");
    NodePods.from(env, "KEY", "secretKeyRef").put("name", "keys").put("key", "text");
    NodePods.from(env, "POD", "fieldRef").put("fieldPath", "metadata.name");
    NodePods.from(env, "UID", "fieldRef").put("fieldPath", "metadata.uid");
    NodePods.from(env, "NODE", "fieldRef").put("fieldPath", "spec.nodeName");
    NodePods.from(env, "CPU", "resourceFieldRef").put("resource", "limits.cpu");
    env.addObject().put("name", "SUM").put("value", "$(POD) on $(NODE), $$(POD)");
    main.putArray("envFrom")
        .addObject()
        .put("prefix", "ALL_")
        .putObject("configMapRef")
        .put("name", "settings");
    namespace.apply(pod);

    Map<String, Entry> found = result("variables");
    assertThat(found.get("SETTING").text()).isEqualTo(TEXT);
    assertThat(found.get("KEY").text()).isEqualTo(TEXT);
    assertThat(found.get("ALL_text").text()).isEqualTo(TEXT);
    assertThat(found.get("POD").text()).isEqualTo("variables");
    assertThat(found.get("UID").text()).isEqualTo(namespace.uid("variables"));
    assertThat(found.get("NODE").text()).isEqualTo(site.node());
    assertThat(found.get("CPU").text()).isEqualTo("2");
    assertThat(found.get("SUM").text()).isEqualTo("variables on " + site.node() + ", $(POD)");
  }

  @Test
  void a_projected_volume_holds_a_token_of_this_pod_beside_all_else(NodeSite site)
      throws IOException {
    configMap("settings");
    secret("keys");
    ObjectNode pod =
        site.pod("projected", Unpacked.script("/in", "token", "text", "secret/bytes", "labels"));
    ((ObjectNode) pod.get("metadata")).putObject("labels").put("tier", "batch").put("app", "x");
    ObjectNode projected =
        NodePods.volume(pod, "in").putObject("projected").put("defaultMode", 0444);
    ArrayNode sources = projected.putArray("sources");
    ObjectNode token = sources.addObject().putObject("serviceAccountToken");
    token.put("audience", "https://somebody.example").put("expirationSeconds", 3600);
    token.put("path", "token");
    NodePods.item(
        sources.addObject().putObject("configMap").put("name", "settings"), "text", "text");
    ObjectNode secret = sources.addObject().putObject("secret").put("name", "keys");
    NodePods.item(secret, "bytes", "secret/bytes").put("mode", 0400);
    ObjectNode labels = sources.addObject().putObject("downwardAPI").putArray("items").addObject();
    labels.put("path", "labels").putObject("fieldRef").put("fieldPath", "metadata.labels");
    namespace.apply(pod);

    Map<String, Entry> found = result("projected");
    assertThat(found.get("text")).isEqualTo(Entry.of("444", TEXT));
    assertThat(found.get("secret/bytes")).isEqualTo(Entry.of("400", BYTES));
    assertThat(found.get("labels").text()).isEqualTo("app=\"x\"\ntier=\"batch\"");
    JsonNode claims = claims(found.get("token").text());
    assertThat(claims.at("/sub").asText())
        .isEqualTo("system:serviceaccount:" + namespace.name() + ":default");
    assertThat(claims.at("/aud/0").asText()).isEqualTo("https://somebody.example");
    assertThat(claims.at("/kubernetes.io/pod/uid").asText()).isEqualTo(namespace.uid("projected"));
  }

  @Test
  void the_token_that_every_pod_gets_is_good_for_the_api_server(NodeSite site) {
    String folder = "/var/run/secrets/kubernetes.io/serviceaccount";
    namespace.apply(site.pod("token", Unpacked.script(folder, "token", "namespace", "ca.crt")));
    Map<String, Entry> found = result("token");
    assertThat(found.get("namespace").text()).isEqualTo(namespace.name());
    assertThat(found.get("ca.crt").text()).contains("BEGIN CERTIFICATE");

    ObjectNode review = NodePods.object("authentication.k8s.io/v1", "TokenReview", "");
    review.remove("metadata");
    review.putObject("spec").put("token", found.get("token").text());
    assertThat(site.kube().send(review.toString(), "create", "-o", "json").output())
        .contains("\"authenticated\": true")
        .contains("system:serviceaccount:" + namespace.name() + ":default");
  }

  @Test
  void an_image_pull_secret_opens_the_registry_and_another_pod_stays_outside(NodeSite site) {
    String registry = site.testbed().setting("TESTBED_REGISTRY_AUTH");
    String user = site.testbed().setting("TESTBED_REGISTRY_USER");
    String known = user + ":" + site.testbed().setting("TESTBED_REGISTRY_PASSWORD");
    ObjectNode auths = JSON.createObjectNode();
    auths
        .putObject("auths")
        .putObject(registry)
        .put("auth", Base64.getEncoder().encodeToString(known.getBytes(UTF_8)));
    ObjectNode secret =
        NodePods.object("v1", "Secret", "pull").put("type", "kubernetes.io/dockerconfigjson");
    secret.putObject("stringData").put(".dockerconfigjson", auths.toString());
    namespace.apply(secret);
    for (String name : List.of("known", "nobody")) {
      ObjectNode pod = site.pod(name, "echo let in");
      NodePods.main(pod).put("image", registry + "/library/busybox:latest");
      if (name.equals("known")) {
        ((ObjectNode) pod.get("spec")).putArray("imagePullSecrets").addObject().put("name", "pull");
      }
      namespace.apply(pod);
    }
    waitFor("the end of the one").until(() -> namespace.phase("known").equals("Succeeded"));
    assertThat(namespace.log("known")).isEqualTo("let in\n");
    waitFor("the other to hear why it stays outside")
        .untilAsserted(
            () -> {
              JsonNode waiting =
                  namespace.pod("nobody").at("/status/containerStatuses/0/state/waiting");
              assertThat(waiting.path("reason").asText()).isIn("ErrImagePull", "ImagePullBackOff");
              assertThat(waiting.path("message").asText()).contains("authentication required");
            });
  }

  @Test
  void a_secret_that_comes_after_its_pod_lets_the_pod_go_on(NodeSite site) {
    ObjectNode pod = site.pod("early", Unpacked.variables("KEY"));
    ArrayNode env = NodePods.main(pod).putArray("env");
    NodePods.from(env, "KEY", "secretKeyRef").put("name", "late").put("key", "text");
    namespace.apply(pod);

    waitFor("the reason why it waits")
        .untilAsserted(
            () -> {
              JsonNode waiting =
                  namespace.pod("early").at("/status/containerStatuses/0/state/waiting");
              assertThat(waiting.path("reason").asText()).isEqualTo("CreateContainerConfigError");
              assertThat(waiting.path("message").asText()).contains("late");
            });
    waitFor("an event that says so")
        .until(
            () ->
                namespace.events("early").stream()
                    .anyMatch(
                        event ->
                            event.path("type").asText().equals("Warning")
                                && event.path("message").asText().contains("late")));
    assertThat(site.batch().queued(namespace.uid("early"))).isEmpty();

    secret("late");
    assertThat(result("early").get("KEY").text()).isEqualTo(TEXT);
  }

  @Test
  void what_is_optional_and_missing_is_left_out(NodeSite site) {
    ObjectNode pod = site.pod("without", "ls /in | wc -l; echo ${KEY-unset}");
    NodePods.volume(pod, "in").putObject("configMap").put("name", "nowhere").put("optional", true);
    ArrayNode env = NodePods.main(pod).putArray("env");
    NodePods.from(env, "KEY", "secretKeyRef")
        .put("name", "no")
        .put("key", "k")
        .put("optional", true);
    namespace.apply(pod);
    succeeded("without");
    assertThat(namespace.log("without")).isEqualTo("0\nunset\n");
  }

  private void configMap(String name) {
    ObjectNode map = NodePods.object("v1", "ConfigMap", name);
    map.putObject("data").put("text", TEXT).put("empty", "");
    map.putObject("binaryData").put("bytes", Base64.getEncoder().encodeToString(BYTES));
    namespace.apply(map);
  }

  private void secret(String name) {
    ObjectNode secret = NodePods.object("v1", "Secret", name);
    secret.putObject("stringData").put("text", TEXT);
    secret.putObject("data").put("bytes", Base64.getEncoder().encodeToString(BYTES));
    namespace.apply(secret);
  }

  private void succeeded(String pod) {
    namespace
        .kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/" + pod, "--timeout=90s")
        .output();
  }

  private Map<String, Entry> result(String pod) {
    succeeded(pod);
    return Unpacked.parse(namespace.log(pod));
  }

  private static JsonNode claims(String token) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]));
  }
}
