package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what one user asks of the API server, by kind. The API server itself counts requests of
 * all clients together, but also by flow schema: so there is one of these for each kind.
 */
final class KubeRequests implements AutoCloseable {
  private static final String SCHEMAS = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";

  /** Where the requests of a kubelet go too. */
  private static final String LEVEL = "system";

  private static final int FIRST_PRECEDENCE = 150;
  private static final String ANY = "*";

  private record Kind(String name, String verb, List<String> resources) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("PATCH pods/status", "patch", List.of("pods/status")),
          new Kind("POST serviceaccounts/token", "create", List.of("serviceaccounts/token")),
          new Kind("POST events", "create", List.of("events")),
          new Kind("DELETE pods", "delete", List.of("pods")),
          new Kind("GET pods", "get", List.of("pods")),
          new Kind("LIST pods", "list", List.of("pods")),
          new Kind("WATCH pods", "watch", List.of("pods")),
          new Kind("GET configmaps", "get", List.of("configmaps")),
          new Kind("LIST services", "list", List.of("services")),
          new Kind("nodes, nodes/status", ANY, List.of("nodes", "nodes/status")),
          new Kind("leases", ANY, List.of("leases")),
          new Kind("other", ANY, List.of(ANY)));

  private final KubeClient client;
  private final String prefix;

  KubeRequests(KubeClient client, String user) {
    this.client = client;
    this.prefix = user + "-";
    for (int i = 0; i < KINDS.size(); i++) {
      client.create(SCHEMAS, schema(i, user));
    }
  }

  private ObjectNode schema(int number, String user) {
    Kind kind = KINDS.get(number);
    ObjectNode schema = KubeClient.JSON.createObjectNode();
    schema.put("apiVersion", "flowcontrol.apiserver.k8s.io/v1").put("kind", "FlowSchema");
    schema.putObject("metadata").put("name", prefix + number);
    ObjectNode spec = schema.putObject("spec").put("matchingPrecedence", FIRST_PRECEDENCE + number);
    spec.putObject("priorityLevelConfiguration").put("name", LEVEL);
    spec.putObject("distinguisherMethod").put("type", "ByUser");
    ObjectNode rule = spec.putArray("rules").addObject();
    ObjectNode subject = rule.putArray("subjects").addObject().put("kind", "User");
    subject.putObject("user").put("name", user);
    ObjectNode resources = rule.putArray("resourceRules").addObject().put("clusterScope", true);
    resources.putArray("verbs").add(kind.verb());
    resources.putArray("apiGroups").add(ANY);
    kind.resources().forEach(resources.putArray("resources")::add);
    resources.putArray("namespaces").add(ANY);
    if (kind.resources().contains(ANY)) {
      ObjectNode paths = rule.putArray("nonResourceRules").addObject();
      paths.putArray("verbs").add(ANY);
      paths.putArray("nonResourceURLs").add(ANY);
    }
    return schema;
  }

  /** Since the beginning. */
  Map<String, Long> soFar() {
    Pattern counter =
        Pattern.compile(
            "apiserver_flowcontrol_dispatched_requests_total\\{flow_schema=\""
                + Pattern.quote(prefix)
                + "(\\d+)\".*} (\\S+)");
    Map<String, Long> counts = new LinkedHashMap<>();
    KINDS.forEach(kind -> counts.put(kind.name(), 0L));
    client
        .text("/metrics")
        .lines()
        .map(counter::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                counts.put(
                    KINDS.get(Integer.parseInt(line.group(1))).name(),
                    (long) Double.parseDouble(line.group(2))));
    return counts;
  }

  static Map<String, Long> between(Map<String, Long> before, Map<String, Long> now) {
    Map<String, Long> counts = new LinkedHashMap<>();
    now.forEach((kind, count) -> counts.put(kind, count - before.get(kind)));
    return counts;
  }

  /** Only what there was, as one text. */
  static String shown(Map<String, Long> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (kind, count) -> {
          if (count > 0) {
            text.append(text.length() == 0 ? "" : ", ").append(count).append(' ').append(kind);
          }
        });
    return text.toString();
  }

  @Override
  public void close() {
    for (int i = 0; i < KINDS.size(); i++) {
      client.delete(SCHEMAS + "/" + prefix + i);
    }
  }
}
